// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Pipeline.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Pipeline pipeline = new Pipeline(
            Routes.of(Route.get("/").access(Access.anyone())),
            List.of(),
            PipelineSettings.builder().ticker(nanos::get).build());

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    private void flood(Supplier<RuntimeException> failure) throws IOException {
        for (int i = 0; i < 100; i++) {
            Passage passage = pipeline.enter(new FakeServer("GET", "/"));
            passage.failed(failure.get());
            passage.leave(false);
        }
    }

    private long traces() {
        return lines.list.stream()
                .filter(line -> line.getThrowableProxy() != null)
                .count();
    }

    @Test
    void hasOneLineForEachRequestThatAStoreFailed() throws IOException {
        flood(() -> new StoreDown(new IllegalStateException("no connection within 1000 ms")));

        assertThat(lines.list).hasSize(100);
        assertThat(traces()).isZero();
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith("GET / failed: ")
                .endsWith("caused by java.lang.IllegalStateException: no connection within 1000 ms");
    }

    @Test
    void hasOneStackTraceForADefectThatManyRequestsMeet() throws IOException {
        flood(() -> new IllegalStateException("a defect"));

        assertThat(lines.list).hasSize(100);
        assertThat(traces()).isEqualTo(1);
    }

    @Test
    void hasAStackTraceForEveryKindOfDefect() throws IOException {
        flood(() -> new IllegalStateException("a defect"));
        flood(() -> new UnsupportedOperationException("another"));

        assertThat(traces()).isEqualTo(2);
    }

    @Test
    void hasAnotherStackTraceTenSecondsLater() throws IOException {
        flood(() -> new IllegalStateException("a defect"));
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        flood(() -> new IllegalStateException("a defect"));

        assertThat(traces()).isEqualTo(2);
    }

    private static final class StoreDown extends RuntimeException implements ProblemCarrier {

        private static final long serialVersionUID = 1;

        StoreDown(Throwable cause) {
            super("the store could not be asked", cause);
        }

        @Override
        public Problem problem() {
            return Problem.of(503, "Store down", "Try again.");
        }
    }
}
