// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StallGuardTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private StallGuard over(InputStream in) {
        return StallGuard.over(in, "one", LIMIT, time, why -> told.add(why.getMessage()));
    }

    @Test
    void doesNotCountTheTimeBetweenTwoReads() throws IOException {
        try (StallGuard guard = over(new ByteArrayInputStream(new byte[10]))) {
            assertThat(guard.read()).isZero();
            time.advance(LIMIT.multipliedBy(6));
            guard.look();
            assertThat(guard.read()).isZero();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void givesUpAReadThatTakesAsLongAsItMay() throws IOException {
        StallGuard[] itself = new StallGuard[1];
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("reads are of many bytes");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                time.advance(LIMIT.minusNanos(1));
                itself[0].look();
                assertThat(told).isEmpty();
                time.advance(Duration.ofNanos(1));
                itself[0].look();
                return -1;
            }
        };
        try (StallGuard guard = over(slow)) {
            itself[0] = guard;
            assertThat(guard.read()).isEqualTo(-1);
        }
        assertThat(told)
                .first()
                .asString()
                .isEqualTo("backup.source: one gave nothing for PT10M (stallTimeout);"
                        + " look what the source waits for, such as a lock, or allow it more");
    }
}
