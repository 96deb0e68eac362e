// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Route;
import dev.gatehouse.insight.ChangeSink.Change;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.observability.errors.ErrorSource;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.NeedsProgram;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ObservabilityTest {

    private final ManualTime time = new ManualTime();
    private final Observability observability =
            Observability.builder().service("shop").clock(time).ticker(time).build();
    private final ObservabilityGate gate = new ObservabilityGate(observability);

    @AfterEach
    void close() {
        observability.close();
    }

    private void serve(String template, int status) {
        FakeExchange exchange = FakeExchange.to(Route.get(template));
        observability.signals().before(exchange);
        observability
                .signals()
                .after(exchange, new Completion(status, Duration.ofMillis(20).toNanos(), null));
    }

    @Nested
    class TheScrape {

        @Test
        void showsTheFourGoldenSignals() {
            serve("/api/products", 200);
            serve("/api/products", 503);

            assertThat(observability.scrape())
                    .contains(
                            "http_server_requests_seconds_count{method=\"GET\",route=\"/api/products\",service=\"shop\",status=\"2xx\"} 1",
                            "http_server_requests_seconds_bucket{method=\"GET\",route=\"/api/products\",service=\"shop\",status=\"5xx\",le=\"0.025\"} 1",
                            "http_server_errors_requests_total{method=\"GET\",route=\"/api/products\",service=\"shop\"} 1",
                            "http_server_active_requests{service=\"shop\"} 0",
                            "jvm_memory_used_bytes{",
                            "process_cpu_usage_ratio{",
                            "jvm_threads_live_threads{");
        }

        @Test
        void hasADescriptionAndAUnitForEveryMeter() {
            serve("/api/products", 200);

            List<Meter.Id> ids = observability.meters().getMeters().stream()
                    .map(Meter::getId)
                    .toList();
            assertThat(ids).hasSizeGreaterThan(30);
            assertThat(ids)
                    .filteredOn(id -> id.getDescription() == null || id.getBaseUnit() == null)
                    .extracting(Meter.Id::getName)
                    .isEmpty();
        }

        @Test
        @NeedsProgram("promtool")
        void passesPromtool() throws IOException, InterruptedException {
            serve("/api/products", 200);
            serve("/api/\"quoted\"/\\{id}", 500);
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            promtool.getOutputStream().write(observability.scrape().getBytes(StandardCharsets.UTF_8));
            promtool.getOutputStream().close();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(promtool.waitFor()).as(said).isZero();
            assertThat(said).isBlank();
        }
    }

    @Nested
    class TheRegistry {

        @Test
        void givesMicrometerNothingToWarnAbout() {
            Logger micrometer = (Logger) LoggerFactory.getLogger("io.micrometer");
            ListAppender<ILoggingEvent> warnings = new ListAppender<>();
            warnings.start();
            micrometer.addAppender(warnings);
            new Metrics("shop").close();
            micrometer.detachAppender(warnings);

            assertThat(warnings.list).isEmpty();
        }

        @Test
        void refusesMetersOfOneNameBeyondItsCap() {
            for (int i = 0; i < CardinalityCap.OF_ONE_NAME + 100; i++) {
                Counter.builder("leak")
                        .tag("user", "u" + i)
                        .register(observability.meters())
                        .increment();
            }

            assertThat(observability.meters().find("leak").counters()).hasSize(CardinalityCap.OF_ONE_NAME);
            assertThat(observability
                            .meters()
                            .get("gatehouse.meters.refused")
                            .functionCounter()
                            .count())
                    .isEqualTo(100);
        }

        @Test
        void refusesMetersBeyondItsCapInAll() {
            for (int i = 0; i < CardinalityCap.IN_ALL + 100; i++) {
                observability.meters().counter("leak" + i);
            }

            assertThat(observability.meters().getMeters()).hasSizeLessThanOrEqualTo(CardinalityCap.IN_ALL + 1);
        }
    }

    @Nested
    class ThePanels {

        private String text() {
            return gate.panels().stream()
                    .map(panel -> panel.title() + panel.facts() + panel.tables())
                    .collect(Collectors.joining("\n"));
        }

        @Test
        void showTrafficErrorsAndChanges() {
            serve("/api/products", 200);
            serve("/api/products", 500);
            observability.errors().capture(ErrorSource.REQUEST, new IllegalStateException("boom"), RequestContext.NONE);
            observability.changes().record(new Change("fault", "payments is slow, token=abc", Actor.account("op-1")));

            assertThat(text())
                    .contains(
                            "name=Requests since the start, value=2",
                            "value=1 (50.0 %)",
                            "[GET /api/products, 2, 1, 20.0 ms, 20.0 ms]",
                            "java.lang.IllegalStateException, boom",
                            "[2026-01-01T00:00:00Z, fault, payments is slow, token=***, account:op-1]");
        }

        @Test
        void areBoundedAndOfTheRightWidth() {
            for (int i = 0; i < 500; i++) {
                serve("/r" + i, 200);
                observability.changes().record(new Change("flag", "change " + i, Actor.system("shop")));
            }

            assertThat(observability.changes().newestFirst()).hasSize(RecentChanges.CAPACITY);
            assertThat(observability.changes().newestFirst().get(0).change().what())
                    .isEqualTo("change 499");
            for (Panel panel : gate.panels()) {
                for (Panel.Table table : panel.tables()) {
                    assertThat(table.rows()).hasSizeLessThanOrEqualTo(20);
                    assertThat(table.rows())
                            .allMatch(row -> row.size() == table.columns().size());
                }
            }
        }
    }

    @Nested
    class TheGate {

        @Test
        void capturesUncaughtExceptionsWhileItRuns() {
            gate.start();
            Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            gate.close();

            assertThat(handler).isNotNull().isNotSameAs(Thread.getDefaultUncaughtExceptionHandler());
        }

        @Test
        void observesBeforeAnythingElse() {
            assertThat(gate.interceptors()).containsExactly(observability.signals());
        }
    }

    @Nested
    class Building {

        @Test
        void refusesABlankService() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Observability.builder().service(" "))
                    .withMessageContaining("observability: service was ' '");
        }

        @Test
        void withoutADatabaseOffersNoAuditLog() {
            assertThatIllegalStateException()
                    .isThrownBy(observability::audit)
                    .withMessageContaining("no dataSource was given");
        }
    }
}
