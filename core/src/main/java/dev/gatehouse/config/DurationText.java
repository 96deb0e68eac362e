// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as operators write them: {@code 500ms}, {@code 30m}, {@code 1h30m}, or ISO 8601. */
final class DurationText {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,12}(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private DurationText() {}

    static Duration parse(String text) {
        try {
            return bounded(WHOLE.matcher(text).matches() ? sum(text) : Duration.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 30m, 12h or PT30M", e);
        }
    }

    // Beyond this, nanoseconds no longer fit into a long, and what computes with them goes wrong much later.
    private static Duration bounded(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be a duration between 0s and 36500d");
        }
        return duration;
    }

    private static Duration sum(String text) {
        Duration total = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            ChronoUnit unit = UNITS.getOrDefault(part.group(2), ChronoUnit.SECONDS);
            total = total.plus(Duration.of(Long.parseLong(part.group(1)), unit));
        }
        return total;
    }
}
