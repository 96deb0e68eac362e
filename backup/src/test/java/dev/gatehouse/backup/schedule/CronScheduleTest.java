// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> times(String expression, ZoneId zone, String after, int count) {
        Schedule schedule = Schedule.cron(expression, zone);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = schedule.next(at);
            times.add(at.toString());
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *         | 2026-11-21T03:00:00Z | 2026-11-22T03:00:00Z
            0 3 * * *         | 2026-11-21T02:59:59Z | 2026-11-21T03:00:00Z
            */15 * * * *      | 2026-11-21T10:07:00Z | 2026-11-21T10:15:00Z
            5/20 * * * *      | 2026-11-21T10:26:00Z | 2026-11-21T10:45:00Z
            0 8-18/2 * * mon-fri | 2026-11-20T18:00:00Z | 2026-11-23T08:00:00Z
            30 1 1,15 * *     | 2026-11-02T00:00:00Z | 2026-11-15T01:30:00Z
            0 0 29 2 *        | 2026-11-21T00:00:00Z | 2028-02-29T00:00:00Z
            0 0 29 2 *        | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
            0 0 13 * fri      | 2026-11-21T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 * * 7         | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
            0 0 * * sat-7     | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
            0 0 1 JAN *       | 2026-11-21T00:00:00Z | 2027-01-01T00:00:00Z
            @daily            | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
            @hourly           | 2026-11-21T00:00:00Z | 2026-11-21T01:00:00Z
            @weekly           | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
            @monthly          | 2026-11-21T00:00:00Z | 2026-12-01T00:00:00Z
            """)
    void findsTheNextTime(String expression, Instant after, Instant next) {
        assertThat(Schedule.cron(expression, ZoneOffset.UTC).next(after)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "1,,2 * * * *",
                "-1 * * * *",
                "a * * * *",
                "* * * * monday",
                "@never",
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "١ * * * *"
            })
    void refusesEverythingElse(String expression) {
        assertThatThrownBy(() -> Schedule.cron(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backup.schedule: ");
    }

    @Test
    void namesTheFieldAndItsRule() {
        assertThatThrownBy(() -> Schedule.cron("0 25 * * *", ZoneOffset.UTC))
                .hasMessage("backup.schedule: hour was '25' but must be 0 to 23");
    }

    @Nested
    class WhenClocksGoForward {

        // On 28 March 2027 two o'clock becomes three in Berlin, at 01:00 in UTC.

        @Test
        void aTimeThatIsLeftOutHappensAtTheChange() {
            assertThat(times("30 2 * * *", BERLIN, "2027-03-26T12:00:00Z", 3))
                    .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z");
        }

        @Test
        void severalThatAreLeftOutHappenOnce() {
            assertThat(times("0,20,40 2 * * *", BERLIN, "2027-03-28T00:30:00Z", 2))
                    .containsExactly("2027-03-28T01:00:00Z", "2027-03-29T00:00:00Z");
        }

        @Test
        void eachHourThatThereIsHasItsRun() {
            assertThat(times("30 * * * *", BERLIN, "2027-03-27T23:45:00Z", 3))
                    .containsExactly("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", "2027-03-28T02:30:00Z");
        }

        @Test
        void aMidnightThatIsLeftOutHappensToo() {
            // Havana goes forward at midnight, on 14 March 2027 at 05:00 in UTC.
            assertThat(times("0 0 * * *", ZoneId.of("America/Havana"), "2027-03-13T12:00:00Z", 2))
                    .containsExactly("2027-03-14T05:00:00Z", "2027-03-15T04:00:00Z");
        }
    }

    @Nested
    class WhenClocksGoBack {

        // On 31 October 2027 three o'clock becomes two in Berlin, at 01:00 in UTC.

        @Test
        void aTimeThatIsShownTwiceHappensOnce() {
            assertThat(times("30 2 * * *", BERLIN, "2027-10-30T12:00:00Z", 2))
                    .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
        }

        @Test
        void fromWithinTheSecondOfTheTwoTheNextIsTomorrows() {
            assertThat(times("30 2 * * *", BERLIN, "2027-10-31T01:10:00Z", 1)).containsExactly("2027-11-01T01:30:00Z");
        }

        @Test
        void eachHourThatThereIsHasItsRun() {
            assertThat(times("30 * * * *", BERLIN, "2027-10-30T23:45:00Z", 3))
                    .containsExactly("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T02:30:00Z");
        }
    }

    @Test
    void anIntervalIsMeasuredFromTheLastRun() {
        Schedule hourly = Schedule.every(Duration.ofHours(1));
        assertThat(hourly.next(Instant.parse("2026-11-21T00:10:07Z"))).isEqualTo("2026-11-21T01:10:07Z");
        assertThatThrownBy(() -> Schedule.every(Duration.ofSeconds(59)))
                .hasMessageContaining("interval was PT59S but must be PT1M");
    }
}
