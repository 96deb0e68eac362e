// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowStatementsTest {

    private final ManualTime time = new ManualTime();
    private final Recorder recorder =
            new Recorder(new SqlWatchSettings(Duration.ofMillis(100), 10, time, time), new RoutesInFlight());
    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private void took(long millis) {
        Execution execution = recorder.begin("SELECT * FROM customer WHERE card = '4111'", false);
        long began = execution.now();
        time.advance(Duration.ofMillis(millis));
        execution.spent(began);
        execution.row();
        execution.end();
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void areThoseFromTheThresholdOn() {
        took(99);
        took(100);

        assertThat(recorder.slow()).isEqualTo(1);
        assertThat(logged()).containsExactly("slow statement: 100 ms, 1 rows: select * from customer where card = ?");
    }

    @Test
    void areLoggedTwentyTimesAMinuteAndTheRestIsCounted() {
        for (int i = 0; i < 100; i++) {
            took(100);
        }
        assertThat(logged()).hasSize(20);
        assertThat(recorder.unlogged()).isEqualTo(80);
        time.advance(Duration.ofMinutes(1));
        took(100);

        assertThat(logged()).hasSize(21).last().asString().endsWith("(80 slow statements before it were not logged)");
    }

    @Test
    void haveAThresholdWithinBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlWatch.slowFrom(Duration.ZERO).build())
                .withMessage("observability.sql.threshold: was PT0S but must be PT0.001S to PT1M");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SqlWatch.slowFrom(Duration.ofSeconds(1)).statements(9).build())
                .withMessageContaining("observability.sql.statements");
    }
}
