// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Route;
import dev.gatehouse.observability.errors.ErrorLog;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GoldenSignalsTest {

    private static final Route ORDER = Route.get("/api/orders/{id}");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ErrorLog errors = new ErrorLog(new ManualTime(), meters);
    private final GoldenSignals signals = new GoldenSignals(meters, errors);
    private final ListAppender<ILoggingEvent> access = new ListAppender<>();

    @BeforeEach
    void listenToTheAccessLog() {
        access.start();
        accessLogger().addAppender(access);
        accessLogger().setLevel(Level.INFO);
        accessLogger().setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        accessLogger().detachAppender(access);
    }

    private static Logger accessLogger() {
        return (Logger) LoggerFactory.getLogger("access");
    }

    private void serve(FakeExchange exchange, int status, @Nullable Throwable error) {
        signals.before(exchange);
        signals.after(exchange, new Completion(status, Duration.ofMillis(30).toNanos(), error));
    }

    private Map<String, Object> line() {
        assertThat(access.list).hasSize(1);
        return access.list.get(0).getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    @Nested
    class ARequest {

        @Test
        void isTimedByItsTemplateAndStatusClass() {
            serve(FakeExchange.to(ORDER), 200, null);
            serve(FakeExchange.to(ORDER), 204, null);
            serve(FakeExchange.to(ORDER), 404, null);

            Timer fine = meters.get("http.server.requests")
                    .tags("method", "GET", "route", "/api/orders/{id}", "status", "2xx")
                    .timer();
            assertThat(fine.count()).isEqualTo(2);
            assertThat(fine.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
            assertThat(meters.get("http.server.requests")
                            .tag("status", "4xx")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(fine.takeSnapshot().histogramCounts()).hasSizeBetween(5, 12);
        }

        @Test
        void countsAsAnErrorFrom500Up() {
            serve(FakeExchange.to(ORDER), 499, null);
            serve(FakeExchange.to(ORDER), 500, null);
            serve(FakeExchange.to(ORDER), 503, null);

            assertThat(meters.get("http.server.errors").counter().count()).isEqualTo(2);
        }

        @Test
        void isInFlightUntilItsEnd() {
            FakeExchange exchange = FakeExchange.to(ORDER);
            signals.before(exchange);
            assertThat(meters.get("http.server.active.requests").gauge().value())
                    .isEqualTo(1);

            signals.after(exchange, new Completion(200, 1, null));
            assertThat(meters.get("http.server.active.requests").gauge().value())
                    .isZero();
        }

        @Test
        void ofNoRouteNeverNamesItsPath() {
            for (int i = 0; i < 50; i++) {
                serve(new FakeExchange("BREW", "/secret/" + i), 404, null);
            }

            assertThat(meters.find("http.server.requests").timers())
                    .singleElement()
                    .satisfies(timer -> {
                        assertThat(timer.getId().getTag("route")).isEqualTo("unmatched");
                        assertThat(timer.getId().getTag("method")).isEqualTo("_OTHER");
                    });
        }

        @Test
        void withAStatusOutOfRangeIsOfUnknownClass() {
            for (int status : new int[] {0, -1, 99, 600, Integer.MAX_VALUE}) {
                serve(FakeExchange.to(ORDER), status, null);
            }

            assertThat(meters.get("http.server.requests")
                            .tag("status", "unknown")
                            .timer()
                            .count())
                    .isEqualTo(5);
        }
    }

    @Nested
    class Routes {

        @Test
        void thatAreCopiesShareTheirMeters() {
            for (int i = 0; i < 3_000; i++) {
                serve(FakeExchange.to(Route.get("/api/orders/{id}")), 200, null);
            }

            assertThat(meters.find("http.server.requests").timers()).hasSize(1);
            assertThat(signals.traffic()).singleElement().satisfies(route -> {
                assertThat(route.requests()).isEqualTo(3_000);
                assertThat(route.mean()).isEqualTo(Duration.ofMillis(30));
            });
        }

        @Test
        void beyondTheBoundAreMeasuredTogether() {
            accessLogger().setLevel(Level.OFF);
            for (int i = 0; i < RouteTable.CAPACITY + 500; i++) {
                serve(FakeExchange.to(Route.get("/r" + i)), 200, null);
            }

            assertThat(meters.find("http.server.requests").timers()).hasSize(RouteTable.CAPACITY + 1);
            assertThat(meters.get("http.server.requests")
                            .tag("route", "other")
                            .timer()
                            .count())
                    .isEqualTo(500);
        }
    }

    @Nested
    class AnUnhandledError {

        @Test
        void isCapturedWithItsRequest() {
            FakeExchange exchange = FakeExchange.to(ORDER);
            exchange.context(exchange.context().withRequestId("r-1"));
            serve(exchange, 500, new IllegalStateException("boom"));

            assertThat(errors.groups()).singleElement().satisfies(group -> {
                assertThat(group.type()).isEqualTo("java.lang.IllegalStateException");
                assertThat(group.lastRequestId()).contains("r-1");
                assertThat(line()).containsEntry("error.fingerprint", group.fingerprint());
            });
            assertThat(access.list.get(0).getLevel()).isEqualTo(Level.ERROR);
            assertThat(access.list.get(0).getThrowableProxy()).isNotNull();
        }
    }

    @Nested
    class TheAccessLog {

        @Test
        void namesTheFactsOfTheRequestButNotItsPath() throws UnknownHostException {
            FakeExchange exchange = new FakeExchange("GET", "/api/orders/gh_secret?token=x")
                    .matched(ORDER)
                    .from(InetAddress.getByName("192.0.2.7"));
            exchange.context(exchange.context().withRequestId("r-1").withAccount("acc-1"));
            serve(exchange, 200, null);

            assertThat(line())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "http.request.method", "GET",
                            "http.route", "/api/orders/{id}",
                            "http.response.status_code", 200,
                            "event.duration", 30_000_000L,
                            "client.ip", "192.0.2.7",
                            "http.request.id", "r-1",
                            "user.id", "acc-1"));
        }

        @Test
        void takesTheIdsOfTheRequestAndNotOfTheThread() {
            FakeExchange exchange = FakeExchange.to(ORDER);
            exchange.context(exchange.context().withRequestId("mine"));
            RequestContext.Scope scope =
                    RequestContext.NONE.withRequestId("another").open();
            serve(exchange, 200, null);
            scope.close();

            assertThat(line()).containsEntry("http.request.id", "mine");
        }
    }

    @Test
    void describesEveryMeter() {
        serve(FakeExchange.to(ORDER), 200, null);

        // The registry's own gauges for the buckets have neither.
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> !id.getName().endsWith(".histogram"))
                .allSatisfy(id -> {
                    assertThat(id.getDescription()).as(id.getName()).isNotBlank();
                    assertThat(id.getBaseUnit()).as(id.getName()).isNotBlank();
                });
    }
}
