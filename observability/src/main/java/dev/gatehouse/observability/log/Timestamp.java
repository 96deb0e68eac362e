// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.time.LocalDate;

/** Writes RFC 3339 times in UTC with microseconds, the date made once a day. Not thread-safe. */
final class Timestamp {

    private static final long DAY = 86_400_000;

    private long day = Long.MIN_VALUE;
    private String date = "";

    /** Writes the time of {@code millis} since the epoch; negative {@code nanosOfSecond} when not known. */
    void write(LineBuffer line, long millis, int nanosOfSecond) {
        long today = Math.floorDiv(millis, DAY);
        if (today != day) {
            date = LocalDate.ofEpochDay(today).toString();
            day = today;
        }
        int ofDay = Math.floorMod(millis, (int) DAY);
        int micros = nanosOfSecond >= 0 ? nanosOfSecond / 1000 : ofDay % 1000 * 1000;
        line.ascii(date).ascii('T').number(ofDay / 3_600_000, 2);
        line.ascii(':').number(ofDay / 60_000 % 60, 2);
        line.ascii(':').number(ofDay / 1000 % 60, 2);
        line.ascii('.').number(micros, 6).ascii('Z');
    }
}
