// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.schedule.Expectations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Judges by what the store holds, and by its age, whether backups are missed, late, too small, too slow or failing: also
 * those of a process that is gone, and of a schedule that never ran.
 */
record Signs(Settings settings, RunLog runs) {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final long NEVER_SLOW_MILLIS = 60_000;
    private static final int COMPARED = 7;
    private static final int LEAST_COMPARED = 3;

    /** Everything that is amiss, the grave first. */
    List<Sign> of(State state, Instant now) {
        List<Sign> signs = new ArrayList<>();
        damaged(state).ifPresent(signs::add);
        for (Kind kind : Kind.values()) {
            late(kind, state, now).ifPresent(signs::add);
        }
        state.holdings().newest().ifPresent(newest -> {
            skewed(newest, now).ifPresent(signs::add);
            small(newest, state).ifPresent(signs::add);
            slow(newest, state).ifPresent(signs::add);
        });
        for (Kind kind : Kind.values()) {
            failing(kind, state).ifPresent(signs::add);
        }
        List<Sign> ordered = new ArrayList<>(signs.stream().filter(Sign::grave).toList());
        signs.stream().filter(sign -> !sign.grave()).forEach(ordered::add);
        return ordered;
    }

    private static Optional<Sign> damaged(State state) {
        Set<String> damaged = Standings.damaged(state.holdings());
        return state.holdings().backups().stream()
                .map(holding -> holding.name().backup())
                .filter(damaged::contains)
                .findFirst()
                .map(backup -> new Sign(
                        Sign.Kind.DAMAGED,
                        true,
                        "backup " + backup
                                + " was found damaged by a verification; rely on another, find the cause, and"
                                + " verify all in full when it is mended"));
    }

    private Optional<Sign> late(Kind kind, State state, Instant now) {
        Optional<Instant> last =
                Timetable.last(state, kind).or(() -> kind == Kind.BACKUP ? Optional.empty() : oldest(state));
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> most = kind == Kind.BACKUP ? expectations().maximumAge() : Optional.empty();
        if (most.filter(age -> now.isAfter(last.get().plus(age))).isPresent()) {
            return Optional.of(new Sign(
                    Sign.Kind.LATE, true, "the newest backup is of " + last.get() + ", older than " + most.get()));
        }
        return Timetable.due(settings, kind)
                .filter(due -> due.isLate(last.get(), now))
                .map(due -> new Sign(
                        Sign.Kind.LATE,
                        kind == Kind.BACKUP,
                        "the newest " + kind + " is of " + last.get() + " but one is due "
                                + due.schedule().describe()));
    }

    /** A store that has backups and no drill has missed one since its oldest. */
    private static Optional<Instant> oldest(State state) {
        return held(state).stream()
                .reduce((newer, older) -> older)
                .map(held -> held.timing().snapshotAt());
    }

    private static Optional<Sign> skewed(Held newest, Instant now) {
        Instant at = newest.timing().snapshotAt();
        return at.isAfter(now.plus(SKEW))
                ? Optional.of(new Sign(
                        Sign.Kind.SKEWED,
                        false,
                        "the newest backup is of " + at + ", which is yet to come; set the clocks right"))
                : Optional.empty();
    }

    private Optional<Sign> small(Held newest, State state) {
        if (newest.bytes() < expectations().minimumBytes()) {
            return Optional.of(new Sign(
                    Sign.Kind.SMALL,
                    true,
                    "the newest backup has " + newest.bytes() + " bytes, less than "
                            + expectations().minimumBytes()));
        }
        return usual(state, Held::bytes)
                .filter(usual -> newest.bytes() * 100 < usual * expectations().shrink())
                .map(usual -> new Sign(
                        Sign.Kind.SMALL,
                        true,
                        "the newest backup has " + newest.bytes() + " bytes where " + usual + " are usual"));
    }

    private Optional<Sign> slow(Held newest, State state) {
        long took = newest.timing().tookMillis();
        return usual(state, held -> held.timing().tookMillis())
                .filter(usual -> took > NEVER_SLOW_MILLIS
                        && took > usual * expectations().slowdown())
                .map(usual -> new Sign(
                        Sign.Kind.SLOW,
                        false,
                        "the newest backup took " + took / 1000 + " s where " + usual / 1000 + " s are usual"));
    }

    /** The median of those before the newest, when there are enough. */
    private static Optional<Long> usual(State state, ToLongFunction<Held> value) {
        List<Long> before = held(state).stream()
                .skip(1)
                .limit(COMPARED)
                .map(value::applyAsLong)
                .sorted()
                .toList();
        return before.size() < LEAST_COMPARED ? Optional.empty() : Optional.of(before.get(before.size() / 2));
    }

    private Optional<Sign> failing(Kind kind, State state) {
        Optional<Run> recorded =
                kind == Kind.DRILL ? state.holdings().newestProof().map(History::run) : Optional.empty();
        return runs.lastEnded(kind)
                .or(() -> recorded)
                .filter(run -> run.status() == Status.FAILED)
                .map(run -> new Sign(Sign.Kind.FAILING, false, "the last " + kind + " failed: " + run.detail()));
    }

    private Expectations expectations() {
        return settings.operations().expectations();
    }

    private static List<Held> held(State state) {
        return state.holdings().backups().stream()
                .filter(Held.class::isInstance)
                .map(Held.class::cast)
                .toList();
    }
}
