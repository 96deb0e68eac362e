// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attempts that count against one key, as a pure function of state, policy and time; a store only keeps it. Every
 * attempt within the window is remembered, so the bound holds for every window, not only for those that start on the
 * minute. Immutable.
 *
 * @param times when each was reserved, in milliseconds since the epoch, oldest first
 */
public record AttemptLog(List<Long> times) {

    /** Nothing counts yet. */
    public static final AttemptLog EMPTY = new AttemptLog(List.of());

    /** Freezes the list. */
    public AttemptLog {
        times = List.copyOf(times);
    }

    /** The log with one more attempt, or empty when the policy refuses it. */
    public Optional<AttemptLog> reserve(AttemptPolicy policy, long now) {
        List<Long> counting = counting(times, policy.longest().toMillis(), now);
        if (policy.isUsedUp(counting, now)) {
            return Optional.empty();
        }
        counting.add(now);
        return Optional.of(new AttemptLog(counting));
    }

    /**
     * What lies within a window of now, on either side: other instances' clocks may be ahead a little, but a clock that
     * was set back by hours must not shut anybody out for hours.
     */
    private static List<Long> counting(List<Long> times, long window, long now) {
        return times.stream()
                .filter(at -> Math.abs(now - at) < window)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The log without one attempt reserved at {@code at}: it succeeded. */
    public AttemptLog release(long at) {
        List<Long> left = new ArrayList<>(times);
        left.remove(Long.valueOf(at));
        return new AttemptLog(left);
    }

    /** As a store keeps it. */
    public String encoded() {
        return times.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The log of what {@link #encoded()} gave. */
    public static AttemptLog decoded(String text) {
        return text.isEmpty()
                ? EMPTY
                : new AttemptLog(
                        Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList());
    }
}
