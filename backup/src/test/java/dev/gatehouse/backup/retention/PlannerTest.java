// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.retention.Candidate.Standing;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Instant NEWEST = Instant.parse("2026-11-20T03:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final RetentionPolicy PLAIN = new RetentionPolicy(RetentionPolicy.LEAST, DAY, 0, 0, 0, 0, 2);

    private static Candidate candidate(long sequence, Instant at, Standing standing) {
        return new Candidate(sequence, "b" + sequence, Optional.of(at), 1_000, standing);
    }

    /** So many backups, a day apart, the newest first; the standing by the number of days ago. */
    private static List<Candidate> daily(int count, IntFunction<Standing> standing) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(candidate(count - i, NEWEST.minus(DAY.multipliedBy(i)), standing.apply(i)));
        }
        return candidates;
    }

    private static Standing weekly(int daysAgo) {
        return daysAgo % 7 == 0 ? Standing.PROVEN : Standing.UNPROVEN;
    }

    private static List<Long> gone(RetentionPolicy policy, List<Candidate> candidates) {
        return Planner.decide(policy, candidates).stream()
                .filter(entry -> !entry.stays())
                .map(entry -> entry.candidate().sequence())
                .toList();
    }

    private static List<Integer> goneDaysAgo(RetentionPolicy policy, List<Candidate> candidates) {
        return gone(policy, candidates).stream()
                .map(sequence -> (int) (candidates.size() - sequence))
                .toList();
    }

    @Nested
    class Window {

        @Test
        void keepsThirtyDaysAndTheOneBefore() {
            List<Integer> gone = goneDaysAgo(PLAIN, daily(40, PlannerTest::weekly));
            assertThat(gone).containsExactly(31, 32, 33, 34, 35, 36, 37, 38, 39);
        }

        @Test
        void refusesLessThanThirtyDays() {
            assertThatThrownBy(() -> PLAIN.covering(Duration.ofDays(29), DAY))
                    .hasMessageContaining("keepFor was PT696H but must be PT720H");
        }

        @Test
        void keepsOnlyAsManyAsTheRecoveryPointNeeds() {
            List<Candidate> hourly = new ArrayList<>();
            for (int i = 0; i < 240; i++) {
                hourly.add(candidate(240 - i, NEWEST.minus(Duration.ofHours(i)), weekly(i)));
            }
            List<Entry> kept =
                    Planner.decide(PLAIN, hourly).stream().filter(Entry::stays).toList();
            assertThat(kept).hasSizeLessThan(60);
            for (int i = 1; i < kept.size(); i++) {
                assertThat(Duration.between(at(kept.get(i)), at(kept.get(i - 1))))
                        .isLessThanOrEqualTo(DAY);
            }
        }

        private Instant at(Entry entry) {
            return entry.candidate().takenAt().orElseThrow();
        }

        @Test
        void keepsWhatCannotBeReadForInspectionAndCountsItForNothing() {
            List<Candidate> candidates = new ArrayList<>(daily(40, PlannerTest::weekly));
            candidates.set(3, new Candidate(37, "b37", Optional.empty(), 0, Standing.UNREADABLE));
            candidates.set(36, new Candidate(4, "b4", Optional.empty(), 0, Standing.UNREADABLE));
            assertThat(goneDaysAgo(PLAIN, candidates)).doesNotContain(3).contains(36);
        }
    }

    @Nested
    class Proof {

        @Test
        void nothingGoesBeforeEnoughHavePassedADrill() {
            assertThat(gone(PLAIN, daily(400, daysAgo -> Standing.UNPROVEN))).isEmpty();
            assertThat(gone(PLAIN, daily(400, daysAgo -> daysAgo == 0 ? Standing.PROVEN : Standing.UNPROVEN)))
                    .isEmpty();
        }

        @Test
        void nothingNewerThanTheLastGoodOneGoes() {
            List<Candidate> candidates =
                    daily(200, daysAgo -> daysAgo == 90 || daysAgo == 97 ? Standing.PROVEN : Standing.UNPROVEN);
            assertThat(goneDaysAgo(PLAIN, candidates)).isNotEmpty().allMatch(daysAgo -> daysAgo > 90);
        }

        @Test
        void theLastGoodOnesStayHoweverOldTheyAre() {
            List<Candidate> candidates =
                    daily(400, daysAgo -> daysAgo == 0 || daysAgo == 399 ? Standing.PROVEN : Standing.UNPROVEN);
            assertThat(goneDaysAgo(PLAIN, candidates)).contains(398).doesNotContain(0, 399);
        }

        @Test
        void garbagePushesNothingOut() {
            List<Candidate> good = daily(60, PlannerTest::weekly);
            List<Candidate> flooded = new ArrayList<>();
            for (int i = 500; i > 0; i--) {
                flooded.add(candidate(
                        60 + i, NEWEST.plus(DAY.multipliedBy(i)), i % 2 == 0 ? Standing.UNPROVEN : Standing.SUSPECT));
            }
            flooded.addAll(good);
            assertThat(gone(PLAIN, flooded)).isEqualTo(gone(PLAIN, good));
        }
    }

    @Nested
    class Clocks {

        @Test
        void aClockThatJumpsAheadAgesNothing() {
            List<Candidate> candidates = new ArrayList<>(daily(20, daysAgo -> Standing.PROVEN));
            candidates.add(0, candidate(21, NEWEST.plus(Duration.ofDays(3650)), Standing.PROVEN));
            assertThat(gone(PLAIN, candidates)).isEmpty();
        }

        @Test
        void aClockThatWasSetBackAgesNothing() {
            List<Candidate> candidates = new ArrayList<>(daily(20, daysAgo -> Standing.PROVEN));
            candidates.add(0, candidate(21, Instant.EPOCH, Standing.PROVEN));
            assertThat(gone(PLAIN, candidates)).isEmpty();
        }
    }

    @Nested
    class Generations {

        private final RetentionPolicy policy = PLAIN.generations(0, 8, 6, 2);

        @Test
        void oneStaysForEachWeekMonthAndYear() {
            List<Entry> entries = Planner.decide(policy, daily(800, PlannerTest::weekly));
            assertThat(entries.stream()
                            .filter(Entry::stays)
                            .filter(entry -> entry.reason().contains("its week")))
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(entries.stream()
                            .filter(Entry::stays)
                            .filter(entry -> entry.reason().contains("its month")))
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(entries.stream().filter(Entry::stays)).hasSizeBetween(35, 50);
        }

        @Test
        void theOneThatPassedADrillStandsForItsMonth() {
            List<Candidate> candidates =
                    daily(100, daysAgo -> daysAgo < 2 || daysAgo == 70 ? Standing.PROVEN : Standing.UNPROVEN);
            // 70 days before 20 November is 11 September.
            assertThat(goneDaysAgo(policy, candidates)).doesNotContain(70).contains(51);
        }
    }

    @Test
    void whateverTheHistoryTheSafePropertiesHold() {
        Random random = new Random(20261121);
        for (int round = 0; round < 400; round++) {
            List<Candidate> candidates = history(random);
            List<Entry> entries = Planner.decide(PLAIN.generations(0, 2, 1, 0), candidates);
            assertThat(entries).extracting(Entry::candidate).containsExactlyElementsOf(candidates);
            Optional<Candidate> last = Planner.lastGood(candidates);
            for (Entry gone : entries.stream().filter(entry -> !entry.stays()).toList()) {
                assertThat(last).isPresent();
                assertThat(gone.candidate().sequence())
                        .isLessThan(last.orElseThrow().sequence());
            }
            long proven = entries.stream()
                    .filter(entry -> entry.stays() && entry.candidate().standing() == Standing.PROVEN)
                    .count();
            assertThat(proven)
                    .isGreaterThanOrEqualTo(Math.min(
                            2,
                            candidates.stream()
                                    .filter(candidate -> candidate.standing() == Standing.PROVEN)
                                    .count()));
        }
    }

    private static List<Candidate> history(Random random) {
        List<Candidate> candidates = new ArrayList<>();
        Instant at = NEWEST;
        for (int i = random.nextInt(120); i > 0; i--) {
            at = at.minus(Duration.ofHours(random.nextInt(100) - 10L));
            Standing standing = List.of(Standing.values()).get(random.nextInt(4));
            Optional<Instant> taken = standing == Standing.UNREADABLE ? Optional.empty() : Optional.of(at);
            candidates.add(new Candidate(i, "b" + i, taken, random.nextInt(1_000), standing));
        }
        return candidates;
    }
}
