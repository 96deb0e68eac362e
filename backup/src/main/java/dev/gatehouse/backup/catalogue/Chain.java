// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holding.Unreadable;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.store.HighWaterMark.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Everything else that is not as it was left. What somebody approved to go leaves no gap. */
    static List<String> alarms(List<Holding> newestFirst, List<Tombstone> tombstones) {
        List<String> alarms = new ArrayList<>();
        for (Holding holding : newestFirst) {
            if (holding instanceof Unreadable unreadable) {
                alarms.add(String.valueOf(unreadable.why().getMessage()));
            }
        }
        List<Link> links = links(newestFirst, tombstones);
        int oldestHeld = 0;
        for (int i = 0; i < links.size(); i++) {
            oldestHeld = links.get(i).held() ? i : oldestHeld;
        }
        for (int i = 0; i <= oldestHeld && i < links.size(); i++) {
            Optional<Link> older = i + 1 < links.size() ? Optional.of(links.get(i + 1)) : Optional.empty();
            problem(links.get(i), older).ifPresent(alarms::add);
        }
        return alarms;
    }

    private static List<Link> links(List<Holding> newestFirst, List<Tombstone> tombstones) {
        List<Link> links = new ArrayList<>(newestFirst.stream().map(Link::of).toList());
        Set<ManifestName> held =
                new HashSet<>(newestFirst.stream().map(Holding::name).toList());
        tombstones.stream()
                .filter(tombstone -> !tombstone.isLeftover())
                .map(Link::of)
                .filter(gone -> !held.contains(gone.name()))
                .forEach(links::add);
        links.sort(
                Comparator.comparingLong((Link link) -> link.name().sequence()).reversed());
        return links;
    }

    private static Optional<String> problem(Link newer, Optional<Link> older) {
        String backup = "backup " + newer.name().backup() + ": ";
        if (older.isPresent() && older.get().name().sequence() == newer.name().sequence()) {
            return Optional.of(
                    backup + "number " + newer.name().sequence() + " was given twice; two writers, or a copy put back");
        }
        if (newer.sha256().isEmpty()) {
            return Optional.empty();
        }
        boolean linked = newer.previous()
                .map(previous -> older.map(link -> link.isNamedBy(previous)).orElse(false))
                .orElse(older.isEmpty());
        boolean counted = newer.name().sequence()
                == 1 + newer.previous().map(Previous::sequence).orElse(0L);
        return linked && counted
                ? Optional.empty()
                : Optional.of(
                        backup + "the backup before number " + newer.name().sequence() + " was deleted or replaced");
    }

    /**
     * A backup that is there, or was approved to go.
     *
     * @param name which
     * @param sha256 the hash of its manifest's bytes; empty when those could not be read
     * @param previous what it says was before it
     * @param held whether it is there
     */
    private record Link(ManifestName name, Optional<String> sha256, Optional<Previous> previous, boolean held) {

        static Link of(Holding holding) {
            return holding instanceof Held readable
                    ? new Link(holding.name(), Optional.of(readable.sha256()), readable.previous(), true)
                    : new Link(holding.name(), Optional.empty(), Optional.empty(), true);
        }

        static Link of(Tombstone gone) {
            Optional<String> sha256 = Optional.of(gone.manifestSha256())
                    .filter(hash -> gone.approval().readable());
            return new Link(new ManifestName(gone.sequence(), gone.backup()), sha256, gone.previous(), false);
        }

        boolean isNamedBy(Previous other) {
            return name.equals(new ManifestName(other.sequence(), other.backup()))
                    && sha256.map(other.sha256()::equals).orElse(true);
        }
    }
}
