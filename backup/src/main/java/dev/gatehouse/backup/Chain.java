// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.backup.Holding.Unreadable;
import dev.gatehouse.backup.Layout.ManifestName;
import dev.gatehouse.backup.Manifest.Previous;
import dev.gatehouse.backup.store.HighWaterMark.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges whether the backups in the store are all that were ever written to it, and in that order. */
final class Chain {

    private Chain() {}

    /** Why the newest backup ever made is not there as it was made. */
    static Optional<String> rollback(List<Holding> newestFirst, Optional<Mark> mark) {
        return mark.filter(high -> newestFirst.stream().noneMatch(holding -> is(holding, high)))
                .map(
                        high -> "backup " + high.backup() + ": number " + high.sequence()
                                + ", once the newest, was deleted or replaced; find out who did it before you rely on an older one");
    }

    private static boolean is(Holding holding, Mark mark) {
        return holding instanceof Held readable
                && readable.name().equals(new ManifestName(mark.sequence(), mark.backup()))
                && readable.sha256().equals(mark.manifestSha256());
    }

    /** Everything else that is not as it was left. */
    static List<String> alarms(List<Holding> newestFirst) {
        List<String> alarms = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            Holding holding = newestFirst.get(i);
            if (holding instanceof Unreadable unreadable) {
                alarms.add(String.valueOf(unreadable.why().getMessage()));
            }
            Optional<Holding> older =
                    i + 1 < newestFirst.size() ? Optional.of(newestFirst.get(i + 1)) : Optional.empty();
            link(holding, older).ifPresent(alarms::add);
        }
        return alarms;
    }

    private static Optional<String> link(Holding newer, Optional<Holding> older) {
        if (older.isPresent() && older.get().name().sequence() == newer.name().sequence()) {
            return Optional.of("backup " + newer.name().backup() + ": number "
                    + newer.name().sequence() + " was given twice; two writers, or a copy put back");
        }
        if (!(newer instanceof Held readable)) {
            return Optional.empty();
        }
        boolean linked = readable.previous()
                .map(previous ->
                        older.map(holding -> isBefore(previous, holding)).orElse(false))
                .orElse(older.isEmpty());
        boolean counted = readable.name().sequence()
                == 1 + readable.previous().map(Previous::sequence).orElse(0L);
        return linked && counted
                ? Optional.empty()
                : Optional.of("backup " + newer.name().backup() + ": the backup before number "
                        + newer.name().sequence() + " was deleted or replaced");
    }

    private static boolean isBefore(Previous previous, Holding holding) {
        boolean named = holding.name().equals(new ManifestName(previous.sequence(), previous.backup()));
        return named
                && (!(holding instanceof Held readable) || readable.sha256().equals(previous.sha256()));
    }
}
