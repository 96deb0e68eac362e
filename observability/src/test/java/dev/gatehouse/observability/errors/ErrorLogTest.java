// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErrorLogTest {

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ErrorLog errors = new ErrorLog(time, meters);

    private String capture(Throwable error) {
        return errors.capture(ErrorSource.REQUEST, error, RequestContext.NONE.withRequestId("r-1"));
    }

    private static Throwable oneKind(String message) {
        return new IllegalStateException(message);
    }

    private static Throwable otherKind(String message) {
        return new IllegalStateException(message);
    }

    private static Throwable withPlace(String method) {
        Exception error = new Exception("x");
        error.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Orders", method, "Orders.java", 7)});
        return error;
    }

    @Nested
    class Grouping {

        @Test
        void putsErrorsOfOnePlaceTogetherWhateverTheirMessages() {
            for (int i = 0; i < 3; i++) {
                capture(oneKind("order " + i + " failed"));
                time.advance(Duration.ofMinutes(1));
            }

            assertThat(errors.groups()).singleElement().satisfies(group -> {
                assertThat(group.count()).isEqualTo(3);
                assertThat(group.message()).isEqualTo("order 2 failed");
                assertThat(group.lastSeen()).isEqualTo(group.firstSeen().plus(Duration.ofMinutes(2)));
                assertThat(group.lastRequestId()).contains("r-1");
            });
        }

        @Test
        void tellsPlacesAndCausesApart() {
            assertThat(capture(withPlace("pay"))).isNotEqualTo(capture(withPlace("ship")));
            assertThat(capture(oneKind("x"))).isNotEqualTo(capture(otherKind("x")));
            assertThat(capture(new IllegalStateException(withPlace("pay"))))
                    .isNotEqualTo(capture(new IllegalStateException(withPlace("ship"))));
        }

        @Test
        void ignoresTheNumbersOfLambdasAndProxies() {
            Exception first = new Exception();
            first.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("shop.Orders$$Lambda$14/0x0000000800c03000", "run", null, -1)
            });
            Exception second = new Exception();
            second.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("shop.Orders$$Lambda$99/0x0000000800c99000", "run", null, -1)
            });

            assertThat(capture(first)).isEqualTo(capture(second));
        }

        @Test
        void masksAndCutsTheMessage() {
            capture(oneKind("password=hunter2 " + "x".repeat(1_000_000)));

            assertThat(errors.groups().get(0).message())
                    .startsWith("password=*** xxx")
                    .hasSize(301);
        }

        @Test
        void survivesAnErrorWhoseMessageThrowsOrIsMissing() {
            capture(new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new IllegalStateException();
                }
            });
            Exception bare = new Exception();
            bare.setStackTrace(new StackTraceElement[0]);
            capture(bare);

            assertThat(errors.groups()).hasSize(2);
        }

        @Test
        void isBoundedAndForgetsWhatWasUnseenForLongest() {
            capture(withPlace("keeper"));
            for (int i = 0; i < ErrorLog.CAPACITY + 50; i++) {
                time.advance(Duration.ofSeconds(1));
                capture(withPlace("m" + i));
                capture(withPlace("keeper"));
            }

            assertThat(errors.groups()).hasSize(ErrorLog.CAPACITY);
            assertThat(errors.groups().stream().map(ErrorGroup::place)).anyMatch(place -> place.contains("keeper"));
            assertThat(meters.get("gatehouse.errors.groups.evicted").counter().count())
                    .isEqualTo(51);
            assertThat(meters.get("gatehouse.errors.captured")
                            .tag("source", "request")
                            .counter()
                            .count())
                    .isEqualTo(501);
        }
    }

    @Nested
    class UncaughtInThreads {

        private final CopyOnWriteArrayList<Throwable> before = new CopyOnWriteArrayList<>();

        private void endAThreadWith(RuntimeException error) throws InterruptedException {
            Thread thread = new Thread(() -> {
                throw error;
            });
            thread.start();
            thread.join();
        }

        @Test
        void areCapturedAndHandedOnUntilClosed() throws InterruptedException {
            @Nullable UncaughtExceptionHandler original = Thread.getDefaultUncaughtExceptionHandler();
            Thread.setDefaultUncaughtExceptionHandler((thread, error) -> before.add(error));
            try {
                try (UncaughtErrors installed = UncaughtErrors.install(errors)) {
                    assertThat(installed.isInstalled()).isTrue();
                    endAThreadWith(new IllegalStateException("first"));
                }
                endAThreadWith(new IllegalStateException("second"));
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(original);
            }

            assertThat(errors.groups()).singleElement().satisfies(group -> {
                assertThat(group.source()).isEqualTo(ErrorSource.THREAD);
                assertThat(group.message()).isEqualTo("first");
            });
            assertThat(before).extracting(Throwable::getMessage).containsExactly("first", "second");
        }
    }

    @Nested
    class FromBrowsers {

        private final ClientErrors client = new ClientErrors(errors, time, meters);

        private ClientErrors.Outcome report(String json) {
            return client.report(json.getBytes(StandardCharsets.UTF_8), RequestContext.NONE);
        }

        @Test
        void areTakenGroupedAndMasked() {
            assertThat(report("{\"message\":\"x is undefined at 17, token=abc\",\"source\":\"/a.js?t=1\",\"line\":3}"))
                    .isEqualTo(ClientErrors.Outcome.TAKEN);
            report("{\"message\":\"x is undefined at 18, token=abc\",\"source\":\"/a.js?t=2\"}");

            assertThat(errors.groups()).singleElement().satisfies(group -> {
                assertThat(group.source()).isEqualTo(ErrorSource.BROWSER);
                assertThat(group.count()).isEqualTo(2);
                assertThat(group.message()).isEqualTo("x is undefined at 18, token=***");
                assertThat(group.place()).isEqualTo("/a.js");
            });
        }

        @Test
        void areRefusedWhenMalformedOrTooLarge() {
            for (String bad : new String[] {"", "{", "[]", "null", "{\"message\":7}", "{}"}) {
                assertThat(report(bad)).as(bad).isEqualTo(ClientErrors.Outcome.MALFORMED);
            }
            String large = "{\"message\":\"" + "x".repeat(ClientErrors.MAX_BYTES) + "\"}";
            assertThat(report(large)).isEqualTo(ClientErrors.Outcome.MALFORMED);
            assertThat(errors.groups()).isEmpty();
        }

        @Test
        void areDroppedBeyondAMinutesWorth() {
            for (int i = 0; i < ClientErrors.PER_MINUTE; i++) {
                assertThat(report("{\"message\":\"m\"}")).isEqualTo(ClientErrors.Outcome.TAKEN);
            }
            assertThat(report("{\"message\":\"m\"}")).isEqualTo(ClientErrors.Outcome.DROPPED);
            time.advance(Duration.ofMinutes(1));
            assertThat(report("{\"message\":\"m\"}")).isEqualTo(ClientErrors.Outcome.TAKEN);

            assertThat(meters.get("gatehouse.errors.client.refused")
                            .tag("reason", "too-many")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }
}
