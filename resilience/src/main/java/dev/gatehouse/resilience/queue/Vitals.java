// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the queue stands, asked of the database every five seconds, or less often where the answer takes long: that is at
 * most a twentieth of the time. Thread-safe.
 */
final class Vitals {

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final int SHARE = 20;

    private final JobTable table;
    private final Home home;
    private final InstantSource clock;
    private final Set<String> known;
    private volatile @Nullable QueueStatus last;
    private volatile Duration pause = SHORTEST;

    Vitals(JobTable table, InstantSource clock, Set<String> known) {
        this.table = table;
        this.home = new Home(table.jdbi());
        this.clock = clock;
        this.known = Set.copyOf(known);
    }

    /** The kinds that have a handler here. */
    Set<String> known() {
        return known;
    }

    /** How long to wait before the next question. */
    Duration pause() {
        return pause;
    }

    /** How it stood some seconds ago; asks only when nobody else did. */
    QueueStatus status() {
        QueueStatus held = last;
        return held == null || held.at().plus(pause.multipliedBy(3)).isBefore(clock.instant()) ? refresh() : held;
    }

    /** How it stood when somebody last asked the database; the question itself asks nothing. */
    QueueStatus lastKnown() {
        QueueStatus held = last;
        return held == null ? complete(clock.instant(), List.of()) : held;
    }

    synchronized QueueStatus refresh() {
        long began = System.nanoTime();
        Instant now = clock.instant();
        QueueStatus status =
                new QueueStatus(now, complete(now, table.summary(now)).kinds(), home.quarantined());
        last = status;
        Duration took = Duration.ofNanos(System.nanoTime() - began).multipliedBy(SHARE);
        pause = took.compareTo(SHORTEST) > 0 ? took : SHORTEST;
        return status;
    }

    private QueueStatus complete(Instant now, List<KindStatus> found) {
        QueueStatus status = new QueueStatus(now, found, Optional.empty());
        Set<String> names = new TreeSet<>(known);
        found.forEach(each -> names.add(each.kind()));
        return new QueueStatus(now, names.stream().map(status::of).toList(), status.quarantined());
    }

    /** Kinds that have jobs but no handler here. */
    List<String> strangers() {
        return status().kinds().stream()
                .flatMap(each -> known.contains(each.kind()) ? Stream.empty() : Stream.of(each.kind()))
                .toList();
    }
}
