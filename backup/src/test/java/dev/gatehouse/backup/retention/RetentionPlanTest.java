// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.retention.Candidate.Standing;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {

    private static final Instant NEWEST = Instant.parse("2026-11-20T03:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(30);

    private static Entry entry(long daysAgo, boolean stays, Standing standing) {
        Instant at = NEWEST.minus(Duration.ofDays(daysAgo));
        return new Entry(new Candidate(100 - daysAgo, "b" + daysAgo, Optional.of(at), 1_000, standing), stays, "so");
    }

    private static RetentionPlan plan(List<String> leftovers, Entry... entries) {
        return new RetentionPlan("state", List.of(entries), leftovers, List.of(), Optional.empty());
    }

    @Test
    void isNamedByEverythingThatWouldHappen() {
        RetentionPlan plan = plan(List.of("x"), entry(0, true, Standing.PROVEN), entry(1, false, Standing.PROVEN));
        assertThat(plan.id())
                .hasSize(64)
                .isEqualTo(plan(List.of("x"), entry(0, true, Standing.PROVEN), entry(1, false, Standing.PROVEN))
                        .id());
        assertThat(plan(List.of(), entry(0, true, Standing.PROVEN), entry(1, false, Standing.PROVEN))
                        .id())
                .isNotEqualTo(plan.id());
        assertThat(plan(List.of("x"), entry(0, true, Standing.PROVEN), entry(1, true, Standing.PROVEN))
                        .id())
                .isNotEqualTo(plan.id());
    }

    @Test
    void measuresTheWidestGapOfWhatStaysAndCanBeTrusted() {
        assertThat(plan(
                                List.of(),
                                entry(0, true, Standing.PROVEN),
                                entry(1, false, Standing.UNPROVEN),
                                entry(2, true, Standing.UNPROVEN),
                                entry(3, true, Standing.SUSPECT),
                                entry(7, true, Standing.PROVEN),
                                entry(40, true, Standing.PROVEN),
                                entry(90, true, Standing.PROVEN))
                        .widestGap(WINDOW))
                .contains(Duration.ofDays(33));
        assertThat(plan(List.of(), entry(0, true, Standing.PROVEN)).widestGap(WINDOW))
                .isEmpty();
    }
}
