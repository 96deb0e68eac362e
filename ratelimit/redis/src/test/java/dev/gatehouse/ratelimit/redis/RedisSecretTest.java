// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.config.Secret;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The URL holds a password, which nothing may print. */
class RedisSecretTest {

    private static final String PASSWORD = "correct-horse-7";
    private static final List<Limit> TEN = List.of(Limit.of("ten", 10, Duration.ofDays(1)));
    private static final LimitKey KEY = LimitKey.account("a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:" + PASSWORD + "@host:6379",
                "redis://user:" + PASSWORD + "@",
                PASSWORD,
                "redis-sentinel://" + PASSWORD + "@host:26379"
            })
    void aWrongUrlIsRefusedWithoutBeingPrinted(String url) {
        assertThatThrownBy(() -> RedisLimitStore.builder(Secret.of(url)).build().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining(PASSWORD)
                .hasMessageContaining("must look like redis://");
    }

    @Test
    void neitherLogsNorFailuresHoldIt() {
        Recorder recorder = new Recorder();
        Logger root = (Logger) LoggerFactory.getLogger("io.lettuce");
        root.setLevel(Level.DEBUG);
        root.setAdditive(false);
        root.addAppender(recorder);
        try (TestRedis server = TestRedis.start("requirepass " + PASSWORD);
                RedisLimitStore right = store(server, PASSWORD);
                RedisLimitStore wrong = store(server, PASSWORD + "x")) {
            assertThat(right.take(KEY, TEN, 1).allowed()).isTrue();
            assertThatThrownBy(() -> wrong.take(KEY, TEN, 1))
                    .isInstanceOf(LimitStoreException.class)
                    .hasMessageNotContaining(PASSWORD)
                    .hasStackTraceContaining("not connected");
            assertThat(right).asString().doesNotContain(PASSWORD);
        } finally {
            root.detachAppender(recorder);
            root.setAdditive(true);
            root.setLevel(null);
        }
        assertThat(recorder.lines).isNotEmpty().noneMatch(line -> line.contains(PASSWORD));
    }

    private static RedisLimitStore store(TestRedis server, String password) {
        return RedisLimitStore.builder(Secret.of("redis://:" + password + "@127.0.0.1:" + server.port()))
                .waitAtMost(Duration.ofSeconds(1))
                .build();
    }

    /** Every line that is logged, with the traces. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Recorder() {
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }
}
