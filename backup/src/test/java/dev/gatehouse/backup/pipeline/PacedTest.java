// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedTest {

    @Test
    void neverExceedsItsRate() {
        Throttle throttle = new Throttle(1_000);
        assertThat(throttle.delay(500, 0)).isEqualTo(500_000_000);
        assertThat(throttle.delay(500, 0)).isEqualTo(1_000_000_000);
        assertThat(throttle.delay(1_000, 1_000_000_000)).isEqualTo(1_000_000_000);
        // What was not used is not made up for.
        assertThat(throttle.delay(100, 60_000_000_000L)).isEqualTo(100_000_000);
    }

    @Test
    void waitsBetweenReadsAsItsThrottleSays() throws Exception {
        AtomicLong waited = new AtomicLong();
        try (InputStream in = new Paced(
                new ByteArrayInputStream(new byte[100_000]),
                Progress.unseen(),
                Optional.of(new Throttle(50_000)),
                waited::get,
                waited::addAndGet)) {
            assertThat(in.readAllBytes()).hasSize(100_000);
        }
        assertThat(waited.get()).isBetween(1_999_000_000L, 2_000_001_000L);
    }
}
