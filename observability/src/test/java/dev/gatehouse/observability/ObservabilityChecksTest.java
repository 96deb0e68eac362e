// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.HealthReport;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Route;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.observability.audit.AuditLog;
import dev.gatehouse.observability.audit.AuditPage;
import dev.gatehouse.observability.audit.AuditQuery;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.log.LoggingSettings;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.TestDatabases;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each check says yes when its property holds, and no when it is broken. */
class ObservabilityChecksTest {

    private @Nullable Logging logging;

    @AfterEach
    void restoreLogging() {
        if (logging != null) {
            logging.close();
            ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
        }
    }

    private static Observability.Builder builder() {
        return Observability.builder().clock(new ManualTime());
    }

    private static Finding ask(ObservabilityGate gate, String id) throws Exception {
        ReadinessCheck check = gate.readiness().stream()
                .filter(each -> each.requirement().equals(id))
                .findFirst()
                .orElseThrow();
        return check.probe().call();
    }

    private static Finding ask(Observability.Builder builder, String id) throws Exception {
        return ask(new ObservabilityGate(builder.build()), id);
    }

    @Nested
    class B1StructuredLogs {

        private Observability.Builder with(LoggingSettings settings, OutputStream output) {
            Logging configured = Logging.configure(settings, output);
            logging = configured;
            return builder().logging(configured);
        }

        @Test
        void holdForJsonAndLeaveNoLineBehind() throws Exception {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            Observability.Builder builder = with(LoggingSettings.json("shop"), written);

            assertThat(ask(builder, "B1")).isInstanceOf(Finding.Verified.class);
            assertThat(ask(builder, "B2")).isInstanceOf(Finding.Verified.class);
            restoreLogging();
            assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("self-test");
        }

        @Test
        void failForText() throws Exception {
            assertThat(ask(with(LoggingSettings.text("shop"), OutputStream.nullOutputStream()), "B1"))
                    .isInstanceOf(Finding.Failed.class);
        }

        @Test
        void failWhenAnotherConfigurationTookOver() throws Exception {
            Observability.Builder builder = with(LoggingSettings.json("shop"), OutputStream.nullOutputStream());
            ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();

            assertThat(ask(builder, "B1")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void areUnknownWithoutLogging() throws Exception {
            assertThat(ask(builder(), "B1")).isInstanceOf(Finding.Unknown.class);
            assertThat(ask(builder(), "B2")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void failToCarryTheRequestIdWithoutJson() throws Exception {
            assertThat(ask(with(LoggingSettings.text("shop"), OutputStream.nullOutputStream()), "B2"))
                    .isInstanceOf(Finding.Failed.class);
        }
    }

    @Nested
    class B3GoldenSignals {

        private final Observability observability = builder().build();
        private final ObservabilityGate gate = new ObservabilityGate(observability);

        private void serve() {
            FakeExchange exchange = FakeExchange.to(Route.get("/x"));
            observability.signals().before(exchange);
            observability.signals().after(exchange, new Completion(200, 1, null));
        }

        @Test
        void areUnknownBeforeTheFirstRequest() throws Exception {
            assertThat(ask(gate, "B3")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void holdWhenTheyMoved() throws Exception {
            serve();

            assertThat(ask(gate, "B3")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failWithoutTheMetersOfSaturation() throws Exception {
            serve();
            observability.meters().find("jvm.memory.used").meters().forEach(observability.meters()::remove);

            assertThat(ask(gate, "B3"))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("jvm.memory.used"));
        }
    }

    @Nested
    class B8CapturedErrors {

        private final ObservabilityGate gate = new ObservabilityGate(builder().build());

        @Test
        void failUntilTheGateIsStarted() throws Exception {
            assertThat(ask(gate, "B8")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void holdWhileItRunsAndFailWhenSomebodyElseTakesOver() throws Exception {
            gate.start();
            Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
            try {
                assertThat(ask(gate, "B8")).isInstanceOf(Finding.Verified.class);
                Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
                assertThat(ask(gate, "B8")).isInstanceOf(Finding.Failed.class);
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(ours);
                gate.close();
            }
        }
    }

    @Nested
    class B9Health {

        private HealthReport report(boolean required) {
            HealthReport.Check check = new HealthReport.Check("database", required, HealthStatus.up());
            return new HealthReport(HealthStatus.State.UP, List.of(check));
        }

        @Test
        void holdsWhenAReportHasARequiredCheck() throws Exception {
            assertThat(ask(builder().health(() -> report(true)), "B9")).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWhenNothingIsRequired() throws Exception {
            assertThat(ask(builder().health(() -> report(false)), "B9")).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownWithoutAReport() throws Exception {
            assertThat(ask(builder(), "B9")).isInstanceOf(Finding.Unknown.class);
        }
    }

    @Nested
    class E3AuditLog {

        private void holdsAndThenFailsWithout(DataSource source, String trigger) throws Exception {
            Migrations.migrate(source, AuditLog.schema());
            Observability observability = builder().dataSource(source).build();
            ObservabilityGate gate = new ObservabilityGate(observability);

            assertThat(ask(gate, "E3")).isInstanceOf(Finding.Verified.class);
            execute(source, trigger);
            assertThat(ask(gate, "E3"))
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("UPDATE was not refused"));
            assertThat(observability.audit().find(AuditQuery.everything()))
                    .isInstanceOfSatisfying(
                            AuditPage.Events.class,
                            page -> assertThat(page.entries()).isEmpty());
        }

        private void execute(DataSource source, String sql) throws SQLException {
            try (Connection connection = source.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Test
        void holdsOnH2AndFailsOnceItsTriggerIsGone() throws Exception {
            holdsAndThenFailsWithout(TestDatabases.h2(), "DROP TRIGGER gatehouse_audit_append_only");
        }

        @Test
        void holdsOnPostgresqlAndFailsOnceItsTriggerIsGone() throws Exception {
            holdsAndThenFailsWithout(
                    TestDatabases.postgresql(), "DROP TRIGGER gatehouse_audit_append_only ON gatehouse_audit");
        }

        @Test
        void failsWithoutADatabase() throws Exception {
            assertThat(ask(builder(), "E3")).isInstanceOf(Finding.Failed.class);
        }
    }
}
