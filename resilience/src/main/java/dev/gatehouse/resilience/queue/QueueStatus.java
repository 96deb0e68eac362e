// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the queue stood, on all instances.
 *
 * @param at when that was
 * @param kinds each kind that has jobs or dead letters, or is known here
 * @param quarantined why it is held back; empty when it is not
 */
public record QueueStatus(Instant at, List<KindStatus> kinds, Optional<String> quarantined) {

    /** Freezes the list. */
    public QueueStatus {
        kinds = List.copyOf(kinds);
    }

    /** How long the job that is due longest has been due. */
    public Duration lag() {
        return kinds.stream()
                .map(KindStatus::lag)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Jobs that wait. */
    public long waiting() {
        return kinds.stream().mapToLong(KindStatus::waiting).sum();
    }

    /** Jobs that were given up. */
    public long dead() {
        return kinds.stream().mapToLong(KindStatus::dead).sum();
    }

    KindStatus of(String kind) {
        return kinds.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElse(KindStatus.none(kind));
    }
}
