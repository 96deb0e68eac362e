// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatementTableTest {

    private final ManualTime time = new ManualTime();
    private final Recorder recorder =
            new Recorder(new SqlWatchSettings(Duration.ofMillis(100), 10, time, time), new RoutesInFlight());

    private void took(String sql, long millis) {
        Execution execution = recorder.begin(sql, false);
        long began = execution.now();
        time.advance(Duration.ofMillis(millis));
        execution.spent(began);
        execution.end();
    }

    private List<String> statements() {
        return recorder.table().summaries().stream()
                .map(StatementSummary::statement)
                .toList();
    }

    @Test
    void toldApartAreAtMostSoManyAndTheOthersTogether() {
        for (int i = 0; i < 5_000; i++) {
            took("SELECT * FROM t" + i, 1);
        }

        assertThat(recorder.table().size()).isEqualTo(10);
        assertThat(statements()).hasSize(11).last().isEqualTo("(all others)");
        assertThat(recorder.table().summaries().stream()
                        .mapToLong(each -> each.counts().executions())
                        .sum())
                .isEqualTo(5_000);
    }

    @Test
    void whatTakesMostOfTheTimeCannotBePushedOutByWhatNeverComesAgain() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            took(i > 100 && random.nextInt(4) == 0 ? "SELECT heavy" : "SELECT * FROM t" + i, 2);
        }

        assertThat(statements()).first().isEqualTo("select heavy");
        assertThat(recorder.table().countOf("select heavy")).isGreaterThan(1_000);
    }

    @Test
    void aPercentileIsAtMostAQuarterTooHighAndNeverTooLow() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.percentile(0.95)).isBetween(950_000_000L, 1_187_500_000L);
        assertThat(latencies.percentile(1)).isBetween(1_000_000_000L, 1_250_000_000L);
        assertThat(new Latencies().percentile(0.95)).isZero();
    }

    @Test
    void noTimeIsTooShortOrTooLong() {
        Latencies latencies = new Latencies();
        for (long nanos : new long[] {0, 1, 2, 3, 4, 5, Long.MAX_VALUE}) {
            latencies.add(nanos);
        }

        assertThat(latencies.percentile(0.5)).isBetween(3L, 4L);
        assertThat(latencies.percentile(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void textsOfPreparedStatementsAreRememberedWithinBounds() {
        Fingerprints fingerprints = new Fingerprints();
        for (int i = 0; i < 10_000; i++) {
            fingerprints.ofPrepared("SELECT " + i + " FROM t");
        }
        fingerprints.ofPrepared("SELECT '" + "x".repeat(5_000) + "'");

        assertThat(fingerprints.size()).isLessThanOrEqualTo(1_000);
        assertThat(fingerprints.ofPrepared("SELECT 1 FROM t")).isEqualTo("select ? from t");
    }
}
