// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which backups may go. Asks no clock: ages are counted from the newest backup that has passed a drill, along
 * the sequence numbers, and no gap between two neighbours counts for more than four recovery points; so a clock that
 * jumps ages nothing, and backups that nobody has restored push nothing out.
 */
public final class Planner {

    private static final int LONGEST_GAP = 4;

    private final RetentionPolicy policy;
    private final List<Candidate> candidates;
    private final Map<Candidate, String> stay = new HashMap<>();

    private Planner(RetentionPolicy policy, List<Candidate> newestFirst) {
        this.policy = policy;
        this.candidates = List.copyOf(newestFirst);
    }

    /** What becomes of each, in the order given, which is that of their numbers with the newest first. */
    public static List<Entry> decide(RetentionPolicy policy, List<Candidate> newestFirst) {
        return new Planner(policy, newestFirst).decide();
    }

    /** The newest that has passed a drill. */
    public static Optional<Candidate> lastGood(List<Candidate> newestFirst) {
        return newestFirst.stream().filter(Candidate::isProven).findFirst();
    }

    private List<Entry> decide() {
        List<Candidate> proven = candidates.stream().filter(Candidate::isProven).toList();
        if (proven.size() < policy.minimumProven()) {
            return all("only " + proven.size() + " of at least " + policy.minimumProven()
                    + " backups have passed a drill; until then nothing goes");
        }
        keepNewest(proven);
        Candidate reference = proven.get(0);
        List<Candidate> older = candidates.subList(candidates.indexOf(reference), candidates.size());
        keepWindow(older);
        Generations.keepers(policy, older).forEach(stay::putIfAbsent);
        return candidates.stream().map(this::entry).toList();
    }

    private List<Entry> all(String reason) {
        return candidates.stream()
                .map(candidate -> new Entry(candidate, true, reason))
                .toList();
    }

    private void keepNewest(List<Candidate> proven) {
        stay.put(proven.get(0), "the newest that has passed a drill");
        proven.stream()
                .limit(policy.minimumProven())
                .forEach(candidate -> stay.putIfAbsent(
                        candidate, "one of the newest " + policy.minimumProven() + " that passed a drill"));
        candidates.stream()
                .limit(candidates.indexOf(proven.get(0)))
                .forEach(candidate -> stay.put(candidate, "no newer one has passed a drill"));
    }

    /** All that is proven, what cannot be trusted, and enough of the rest to lose no more than was promised. */
    private void keepWindow(List<Candidate> older) {
        List<Duration> ages = ages(older);
        List<Candidate> within = new ArrayList<>();
        // To go back to the window's first moment, the backup before it is needed too.
        boolean open = true;
        for (int i = 0; i < older.size() && open; i++) {
            within.add(older.get(i));
            open = ages.get(i).compareTo(policy.keepFor()) < 0 || !older.get(i).isSound();
        }
        within.stream()
                .filter(candidate -> !candidate.isSound())
                .forEach(candidate -> stay.putIfAbsent(candidate, "kept for inspection"));
        within.stream()
                .filter(Candidate::isProven)
                .forEach(candidate -> stay.putIfAbsent(candidate, "passed a drill, within the window"));
        cover(within.stream().filter(Candidate::isSound).toList());
    }

    /** Walks to the past in steps as long as the recovery point allows. */
    private void cover(List<Candidate> sound) {
        for (int here = 0; here < sound.size(); ) {
            stay.putIfAbsent(sound.get(here), "within the window, for the recovery point");
            int next = here + 1;
            while (next + 1 < sound.size()
                    && apart(sound.get(here), sound.get(next + 1)).compareTo(policy.recoveryPoint()) <= 0) {
                next++;
            }
            here = next;
        }
    }

    private List<Duration> ages(List<Candidate> older) {
        Duration longest = policy.recoveryPoint().multipliedBy(LONGEST_GAP);
        List<Duration> ages = new ArrayList<>();
        Duration age = Duration.ZERO;
        Optional<Instant> newer = Optional.empty();
        for (Candidate candidate : older) {
            if (newer.isPresent() && candidate.takenAt().isPresent()) {
                Duration gap = Duration.between(candidate.takenAt().get(), newer.get());
                age = age.plus(gap.isNegative() ? Duration.ZERO : gap.compareTo(longest) > 0 ? longest : gap);
            }
            newer = candidate.takenAt().isPresent() ? candidate.takenAt() : newer;
            ages.add(age);
        }
        return ages;
    }

    private static Duration apart(Candidate newer, Candidate older) {
        return Duration.between(
                older.takenAt().orElse(Instant.EPOCH), newer.takenAt().orElse(Instant.EPOCH));
    }

    private Entry entry(Candidate candidate) {
        String reason = stay.get(candidate);
        return reason != null
                ? new Entry(candidate, true, reason)
                : new Entry(
                        candidate,
                        false,
                        "older than " + policy.keepFor().toDays()
                                + " days or between two that are kept, and a newer one has passed a drill");
    }
}
