// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Claim THIRD = new Claim("mail", "a", 7, 2);

    private final JobPolicy policy =
            JobPolicy.standard().attempts(5).backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Judge judge = new Judge(policy, new Random(3));

    @Test
    void pausesLieAnywhereBetweenNothingAndACeilingThatDoubles() {
        Backoff backoff = policy.backoff();
        Random random = new Random(1);
        for (int failures = 1; failures <= 12; failures++) {
            Duration ceiling = Duration.ofSeconds(Math.min(30, 1L << (failures - 1)));
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int i = 0; i < 2_000; i++) {
                long pause = backoff.pause(failures, random).toMillis();
                least = Math.min(least, pause);
                most = Math.max(most, pause);
            }
            assertThat(most).isBetween(ceiling.toMillis() * 98 / 100, ceiling.toMillis());
            assertThat(least).isLessThan(ceiling.toMillis() / 50);
        }
    }

    @Test
    void theCeilingIsNeverPassedHoweverManyFailures() {
        Backoff longest = new Backoff(Duration.ofDays(1), Duration.ofDays(7));

        assertThat(longest.ceiling(1_000)).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aFailureIsCountedAndTheLastOneIsTheEnd() {
        assertThat(judge.next(THIRD, new Ending.TimedOut(), NOW))
                .isInstanceOfSatisfying(
                        Step.Again.class, again -> assertThat(again.failures()).isEqualTo(3));
        assertThat(judge.next(new Claim("mail", "a", 7, 4), new Ending.TimedOut(), NOW))
                .isEqualTo(new Step.Bury(5, "took longer than PT30S"));
    }

    @Test
    void whatWasCutShortIsNotCountedAndMayBeginAtOnce() {
        assertThat(judge.next(new Claim("mail", "a", 7, 4), new Ending.CutShort(), NOW))
                .isInstanceOfSatisfying(Step.Again.class, again -> {
                    assertThat(again.failures()).isEqualTo(4);
                    assertThat(again.at()).isEqualTo(NOW);
                });
    }

    @Test
    void aHandlersPauseIsKeptWithinAWeek() {
        Ending patient = new Ending.Answered(JobResult.later("busy", Duration.ofDays(3)));
        Ending absurd = new Ending.Answered(JobResult.later("busy", Duration.ofDays(300_000)));

        assertThat(judge.next(THIRD, patient, NOW))
                .isInstanceOfSatisfying(
                        Step.Again.class, again -> assertThat(again.at()).isEqualTo(NOW.plus(Duration.ofDays(3))));
        assertThat(judge.next(THIRD, absurd, NOW))
                .isInstanceOfSatisfying(
                        Step.Again.class, again -> assertThat(again.at()).isEqualTo(NOW.plus(Duration.ofDays(7))));
    }

    @Test
    void reasonsAreBounded() {
        Ending endless = new Ending.Answered(JobResult.dead("x".repeat(10_000)));

        assertThat(judge.next(THIRD, endless, NOW))
                .isInstanceOfSatisfying(
                        Step.Bury.class, bury -> assertThat(bury.reason()).hasSize(500));
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> policy.concurrency(0))
                .hasMessage("resilience.queue.policy.concurrency: was 0 but must be 1 to 64");
        assertThatThrownBy(() -> policy.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("resilience.queue.backoff.longest: was PT1S but must be PT2S to PT168H");
        assertThatThrownBy(() -> Job.of("Mail", Payload.text("")))
                .hasMessageContaining("resilience.queue.kind: was 'Mail'");
    }
}
