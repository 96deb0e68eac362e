// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class QueuedAppenderTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void giveTheContextAnMdc() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static LoggingSettings settings() {
        return LoggingSettings.json("shop").queue(100);
    }

    /** An output that writes nothing until it is let go. */
    private static final class StuckOutput extends OutputStream {
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch freed = new CountDownLatch(1);
        private final OutputStream behind;

        StuckOutput(OutputStream behind) {
            this.behind = behind;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException("only lines are written");
        }

        @Override
        public void write(byte[] line, int offset, int length) throws IOException {
            stuck.countDown();
            try {
                freed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            behind.write(line, offset, length);
        }
    }

    private QueuedAppender appender(OutputStream output, Duration drain) {
        QueuedAppender appender = new QueuedAppender(new JsonEncoder(), output, 100, drain);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    @Nested
    class Closing {

        @Test
        void writesEverythingThatWasLogged() {
            Logging logging = Logging.configure(context, settings().queue(100_000), written);
            Logger log = context.getLogger("shop");
            for (int i = 0; i < 10_000; i++) {
                log.info("line {}", i);
            }
            logging.close();

            assertThat(lines()).hasSize(10_000);
            assertThat(lines().get(9_999)).contains("\"message\":\"line 9999\"", "\"service.name\":\"shop\"");
            assertThat(logging.dropped()).isZero();
        }

        @Test
        void writesEverythingThatManyThreadsLogged() throws InterruptedException {
            Logging logging = Logging.configure(context, settings().queue(100_000), written);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(new Thread(() -> context.getLogger("shop").info("x".repeat(500))));
            }
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            logging.close();

            assertThat(lines()).hasSize(8).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }

        @Test
        void givesUpOnAStuckOutputAndCountsWhatItLost() throws InterruptedException {
            StuckOutput output = new StuckOutput(written);
            QueuedAppender appender = appender(output, Duration.ofMillis(50));
            appender.doAppend(Events.of("first").event());
            output.stuck.await();
            appender.doAppend(Events.of("second").event());
            appender.stop();

            assertThat(appender.dropped() + appender.failed()).isEqualTo(2);
        }

        @Test
        void twiceIsHarmless() {
            Logging logging = Logging.configure(context, settings(), written);
            logging.close();
            logging.close();

            assertThat(logging.dropped()).isZero();
        }
    }

    @Nested
    class AFullQueue {

        @Test
        void dropsAndCountsInsteadOfMakingCallersWait() throws InterruptedException {
            StuckOutput output = new StuckOutput(written);
            QueuedAppender appender = appender(output, Duration.ofSeconds(10));
            appender.doAppend(Events.of("in hand").event());
            output.stuck.await();
            for (int i = 0; i < 100; i++) {
                appender.doAppend(Events.of("line").event());
            }

            assertThat(appender.waiting()).isEqualTo(80);
            assertThat(appender.dropped()).isEqualTo(20);
            output.freed.countDown();
            appender.stop();
            assertThat(lines()).hasSize(81);
        }

        @Test
        void keepsItsLastFifthForWarningsAndErrors() throws InterruptedException {
            StuckOutput output = new StuckOutput(written);
            QueuedAppender appender = appender(output, Duration.ofSeconds(10));
            appender.doAppend(Events.of("in hand").event());
            output.stuck.await();
            for (int i = 0; i < 100; i++) {
                appender.doAppend(Events.of("line").event());
            }
            appender.doAppend(
                    Events.failing("late", new IllegalStateException()).at(Level.ERROR));
            output.freed.countDown();
            appender.stop();

            assertThat(lines()).hasSize(82);
            assertThat(lines().get(81)).contains("\"log.level\":\"ERROR\"");
        }

        @Test
        void isBoundedInBytesToo() {
            LineQueue queue = new LineQueue(1_000_000);
            byte[] line = new byte[1024 * 1024];
            int taken = 0;
            while (queue.offer(line, true)) {
                taken++;
            }
            assertThat(taken).isEqualTo((int) (LineQueue.MAX_BYTES / line.length));
        }
    }

    @Test
    void countsAnEventThatCannotBeEncoded() {
        Logging logging = Logging.configure(context, settings(), written);
        context.getLogger("shop")
                .atInfo()
                .addKeyValue("k", new Object() {
                    @Override
                    public String toString() {
                        throw new AssertionError("an Error, not an Exception");
                    }
                })
                .log("x");
        context.setMDCAdapter(null); // as in a context that is half set up
        context.getLogger("shop").info("without an MDC adapter");
        logging.close();

        assertThat(lines()).hasSize(1);
        assertThat(logging.failed()).isEqualTo(1);
    }

    @Nested
    class AnOutputThatFails {

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isCountedAndTheNextLinesAreTriedAgain(boolean unchecked) {
            List<String> tries = new ArrayList<>();
            CountDownLatch failedOnce = new CountDownLatch(1);
            QueuedAppender appender = appender(
                    new OutputStream() {
                        @Override
                        public void write(int b) {}

                        @Override
                        public void write(byte[] line, int offset, int length) throws IOException {
                            tries.add(new String(line, offset, length, StandardCharsets.UTF_8));
                            if (tries.size() == 1) {
                                failedOnce.countDown();
                                IOException full = new IOException("disk full");
                                if (unchecked) {
                                    throw new UncheckedIOException(full);
                                }
                                throw full;
                            }
                        }
                    },
                    Duration.ofSeconds(10));
            appender.doAppend(Events.of("first").event());
            awaitQuietly(failedOnce);
            appender.doAppend(Events.of("second").event());
            appender.stop();

            assertThat(appender.failed()).isEqualTo(1);
            assertThat(tries).hasSize(2);
        }

        private void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class TheAccessLog {

        @Test
        void goesToItsFileAndNowhereElse(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("logs/access.log");
            Logging logging = Logging.configure(context, settings().accessFile(file), written);
            context.getLogger("access").info("request");
            context.getLogger("shop").info("other");
            logging.close();

            assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"message\":\"request\"");
            assertThat(lines()).singleElement().asString().contains("\"message\":\"other\"");
        }

        @Test
        void isPutAsideWhenFullAndTheOldestGoes(@TempDir Path folder) {
            Path file = folder.resolve("a.log");
            try (RotatingFile out = new RotatingFile(file, 10, 2)) {
                for (String line : List.of("1111111\n", "2222222\n", "3333333\n", "4444444\n")) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(file).hasContent("4444444\n");
            assertThat(folder.resolve("a.log.1")).hasContent("3333333\n");
            assertThat(folder.resolve("a.log.2")).hasContent("2222222\n");
            assertThat(folder.resolve("a.log.3")).doesNotExist();
        }
    }

    @Test
    void offersItsNumbersAsMeters() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Logging logging = Logging.configure(context, settings(), written);
        logging.bindTo(meters);
        logging.close();

        assertThat(meters.getMeters()).hasSize(3).allSatisfy(meter -> {
            assertThat(meter.getId().getDescription()).isNotBlank();
            assertThat(meter.getId().getBaseUnit()).isNotBlank();
        });
    }
}
