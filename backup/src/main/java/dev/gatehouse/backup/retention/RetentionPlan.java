// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.util.List;
import java.util.Optional;

/**
 * What would go and why each other backup stays. A plan does nothing; it is approved for the one state of the store that
 * it was made from.
 *
 * @param state the hash of that state
 * @param entries one a backup, newest first
 * @param leftovers the IDs of backups that were never finished, whose objects would go
 * @param warnings what whoever approves should know
 * @param provenBy the newest backup that passed a drill, in whose favour others go; empty when there is none, and then
 *     nothing goes
 */
public record RetentionPlan(
        String state,
        List<Entry> entries,
        List<String> leftovers,
        List<String> warnings,
        Optional<Candidate> provenBy) {

    /** Freezes copies. */
    public RetentionPlan {
        entries = List.copyOf(entries);
        leftovers = List.copyOf(leftovers);
        warnings = List.copyOf(warnings);
    }

    /**
     * What becomes of one backup.
     *
     * @param candidate the backup
     * @param stays whether it stays
     * @param reason why, for people
     */
    public record Entry(Candidate candidate, boolean stays, String reason) {}

    /** Those that would go, newest first. */
    public List<Entry> removals() {
        return entries.stream().filter(entry -> !entry.stays()).toList();
    }

    /** Whether there is nothing to approve. */
    public boolean isEmpty() {
        return removals().isEmpty() && leftovers.isEmpty();
    }

    /** The stored bytes of those that would go, as far as they are known. */
    public long bytes() {
        return removals().stream().mapToLong(entry -> entry.candidate().bytes()).sum();
    }
}
