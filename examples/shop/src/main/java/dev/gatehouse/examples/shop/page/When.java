// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** A time as pages show it: for people, in UTC, and for programs. */
final class When {

    private static final DateTimeFormatter PEOPLE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private When() {}

    static Map<String, String> of(Instant time) {
        return Map.of("machine", time.truncatedTo(ChronoUnit.SECONDS).toString(), "people", PEOPLE.format(time));
    }
}
