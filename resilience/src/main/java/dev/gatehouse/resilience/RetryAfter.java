// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long an answer asks to be left alone (RFC 9110, 10.2.3): seconds, or a date in any of the three forms of 5.6.7. A date is
 * compared with the answer's own {@code Date} when it has one, so that clocks that differ do no harm. At most an hour.
 */
final class RetryAfter {

    private static final Duration MOST = Duration.ofHours(1);
    private static final int LONGEST = 40;
    private static final List<DateTimeFormatter> DATES =
            List.of(form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"), rfc850(), form("EEE MMM ppd HH:mm:ss yyyy"));

    private RetryAfter() {}

    /** Nothing when it does not ask, or not in a way that can be read. */
    static Duration of(HttpHeaders headers, InstantSource clock) {
        String value = headers.firstValue("Retry-After").orElse("").trim();
        if (value.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value)
                .map(until -> Duration.between(
                        headers.firstValue("Date").flatMap(RetryAfter::date).orElseGet(clock::instant), until))
                .map(RetryAfter::bounded)
                .orElse(Duration.ZERO);
    }

    static Optional<Instant> date(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return DATES.stream().flatMap(form -> in(form, text).stream()).findFirst();
    }

    private static Optional<Instant> in(DateTimeFormatter form, String text) {
        try {
            return Optional.of(form.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // perhaps in another form
        }
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(MOST) < 0 ? asked : MOST;
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** With two figures for a year of this century. */
    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}
