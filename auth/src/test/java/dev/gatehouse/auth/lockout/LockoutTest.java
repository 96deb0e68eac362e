// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LockoutTest {

    private static final AttemptPolicy FIVE = AttemptPolicy.LOGIN;
    private static final long MINUTE = FIVE.window().toMillis();

    @Nested
    class TheLog {

        /** Random tries and successes: the bound holds for every window, wherever it starts. */
        @Test
        void holdsInEveryWindow() {
            Random random = new Random(42);
            AttemptLog log = AttemptLog.EMPTY;
            List<Long> failed = new ArrayList<>();
            long now = 1_000_000;
            for (int i = 0; i < 20_000; i++) {
                now += random.nextInt(8_000);
                Optional<AttemptLog> next = log.reserve(FIVE, now);
                if (next.isPresent()) {
                    boolean succeeded = random.nextInt(3) == 0;
                    log = succeeded ? next.get().release(now) : next.get();
                    if (!succeeded) {
                        failed.add(now);
                    }
                }
            }
            for (int i = 5; i < failed.size(); i++) {
                assertThat(failed.get(i) - failed.get(i - 5)).isGreaterThanOrEqualTo(MINUTE);
            }
            assertThat(failed).hasSizeGreaterThan(1_000);
        }

        @Test
        void doesNotLengthenTheWaitWhenTheClockIsSetBack() {
            AttemptLog log = AttemptLog.EMPTY;
            long ahead = 10 * 60 * MINUTE;
            for (int i = 0; i < 5; i++) {
                log = log.reserve(FIVE, ahead).orElseThrow();
            }
            AttemptLog refused = log;
            assertThat(refused.reserve(FIVE, ahead - 1)).as("a little behind").isEmpty();
            assertThat(refused.reserve(FIVE, MINUTE)).as("hours behind").isPresent();
        }

        @Test
        void isReadBackAsWritten() {
            AttemptLog log = new AttemptLog(List.of(1L, 2L, 2L, Long.MAX_VALUE));
            assertThat(AttemptLog.decoded(log.encoded())).isEqualTo(log);
            assertThat(AttemptLog.decoded("")).isEqualTo(AttemptLog.EMPTY);
            assertThat(log.release(2).times()).containsExactly(1L, 2L, Long.MAX_VALUE);
            assertThat(log.release(7)).isEqualTo(log);
        }
    }

    @Nested
    class Device {

        private final Devices devices = new Devices(Secret.of("r".repeat(32)), new Tokens(new SecureRandom()));

        @Test
        void isKnownToItsIdentifierOnly() {
            Secret token = devices.issue("ann");
            assertThat(devices.known(token, "ann")).isPresent().isEqualTo(devices.known(token, "ann"));
            assertThat(devices.known(token, "bob")).isEmpty();
            assertThat(devices.known(devices.issue("ann"), "ann")).isNotEqualTo(devices.known(token, "ann"));
        }

        @Test
        void isUnknownWhenTamperedWithOrMadeUnderAnotherSecret() {
            String token = devices.issue("ann").reveal();
            Devices other = new Devices(Secret.of("s".repeat(32)), new Tokens(new SecureRandom()));
            assertThat(other.known(Secret.of(token), "ann")).isEmpty();
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i) == 'a' ? 'b' : 'a';
                String tampered = token.substring(0, i) + c + token.substring(i + 1);
                assertThat(devices.known(Secret.of(tampered), "ann"))
                        .as(tampered)
                        .isEmpty();
            }
            assertThat(devices.known(Secret.of("1." + "x".repeat(5_000)), "ann"))
                    .isEmpty();
        }
    }

    /** Six digits, and one step of drift either way: three codes in a million are right. */
    @Test
    void guessingCodesForAMonthIsHopelessWithBothBudgetsOfAnAccount() {
        AttemptLog log = AttemptLog.EMPTY;
        int tried = 0;
        for (long now = 0; now < Duration.ofDays(30).toMillis(); ) {
            Optional<AttemptLog> next = log.reserve(AttemptPolicy.FACTOR, now);
            tried += next.isPresent() ? 1 : 0;
            now += next.isPresent() ? 0 : MINUTE;
            log = next.orElse(log);
        }
        assertThat(1 - Math.pow(1 - 3e-6, tried)).as(tried + " codes").isLessThan(0.0055);
        assertThat(1 - Math.pow(1 - 3e-6, 2 * tried)).isLessThan(0.011);
        assertThat(log.reserve(AttemptPolicy.FACTOR, Duration.ofDays(31).toMillis()))
                .as("a day after the last")
                .isPresent();
    }

    @Test
    void policiesOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new AttemptPolicy(0, Duration.ofMinutes(1)))
                .hasMessage("auth.lockout: limit was 0 but must be 1 to 100");
        assertThatThrownBy(() -> new AttemptPolicy(1, Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .hasMessageContaining("auth.lockout: longest was PT1M");
        assertThatThrownBy(() -> new AttemptPolicy(60, Duration.ofMinutes(1), Duration.ofMinutes(3)))
                .hasMessageContaining("at most 100 attempts");
        assertThatThrownBy(() -> new AttemptPolicy(1, Duration.ofDays(2)))
                .hasMessage("auth.lockout: window was PT48H but must be 1 second to 1 day");
    }
}
