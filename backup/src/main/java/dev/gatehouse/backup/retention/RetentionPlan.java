// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** Names this plan, in 64 hex digits: whoever approves it says that it was this one they looked at. */
    public String id() {
        StringBuilder text = new StringBuilder(state);
        entries.forEach(entry -> text.append('\n')
                .append(entry.stays() ? "stays " : "goes ")
                .append(entry.candidate().backup()));
        leftovers.forEach(leftover -> text.append("\nleftover ").append(leftover));
        return sha256(text.toString());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The longest time that would be lost if what stays were all there is: the widest gap between two neighbours that
     * stay and can be trusted, the newer one taken within {@code window} before the newest. Empty with fewer than two.
     */
    public Optional<Duration> widestGap(Duration window) {
        List<Instant> taken = entries.stream()
                .filter(entry -> entry.stays() && entry.candidate().isSound())
                .flatMap(entry -> entry.candidate().takenAt().stream())
                .toList();
        return IntStream.range(1, taken.size())
                .filter(older -> taken.get(older - 1).isAfter(taken.get(0).minus(window)))
                .mapToObj(older -> Duration.between(taken.get(older), taken.get(older - 1)))
                .max(Comparator.naturalOrder());
    }

    /** The stored bytes of those that would go, as far as they are known. */
    public long bytes() {
        return removals().stream().mapToLong(entry -> entry.candidate().bytes()).sum();
    }
}
