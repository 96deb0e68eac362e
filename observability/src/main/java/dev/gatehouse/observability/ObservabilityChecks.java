// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.HealthReport;
import dev.gatehouse.observability.errors.UncaughtErrors;
import dev.gatehouse.observability.signals.RouteTraffic;
import dev.gatehouse.observability.sql.SqlWatch;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the readiness report asks of observability. Each answer rests on the running application. */
final class ObservabilityChecks {

    private static final String SOURCE = "ObservabilityGate";

    private static final List<String> SATURATION =
            List.of("jvm.memory.used", "jvm.threads.live", "process.cpu.usage", "process.files.open");

    private final Observability observability;
    private final Supplier<@Nullable UncaughtErrors> uncaught;

    ObservabilityChecks(Observability observability, Supplier<@Nullable UncaughtErrors> uncaught) {
        this.observability = observability;
        this.uncaught = uncaught;
    }

    List<ReadinessCheck> all() {
        return List.of(
                new ReadinessCheck("B1", "log lines are JSON and read back", this::structure),
                new ReadinessCheck("B2", "log lines and calls carry the request ID", this::requestId),
                new ReadinessCheck("B3", "golden signals have moved", this::signals),
                new ReadinessCheck("B8", "unhandled errors are captured", this::errors),
                new ReadinessCheck(
                        "B8",
                        "a spike of errors notifies",
                        () -> Finding.unknown(
                                "errors are captured and counted, but no alert on a spike is known to this application")),
                new ReadinessCheck("B9", "health says whether it is up", this::health),
                new ReadinessCheck("E3", "the audit log keeps and finds events", this::appendOnly),
                new ReadinessCheck(
                        "E3",
                        "tampering would be noticed",
                        () -> Finding.unknown(
                                "the database refuses changes, but one made by its owner would not be noticed")),
                observability.sql().map(SqlWatch::readiness).orElseGet(ObservabilityChecks::noSqlWatch));
    }

    private static ReadinessCheck noSqlWatch() {
        return new ReadinessCheck(
                "G7",
                "slow statements and the pool are watched",
                () -> Finding.unknown("no SqlWatch was given to Observability.builder()"));
    }

    private Finding structure() {
        return observability
                .logging()
                .map(logging -> logging.verifyStructure(observability.clock()))
                .orElseGet(ObservabilityChecks::noLogging);
    }

    private Finding requestId() {
        return observability
                .logging()
                .map(logging -> logging.verifyRequestId(observability.clock()))
                .orElseGet(ObservabilityChecks::noLogging);
    }

    private static Finding noLogging() {
        return Finding.unknown("no Logging was given to Observability.builder()");
    }

    private Finding signals() {
        MeterRegistry meters = observability.meters();
        List<String> missing = SATURATION.stream()
                .filter(name -> meters.find(name).meters().isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return Finding.failed("meters of saturation are missing: " + String.join(", ", missing));
        }
        List<RouteTraffic> traffic = observability.signals().traffic();
        long requests = traffic.stream().mapToLong(RouteTraffic::requests).sum();
        if (requests == 0) {
            return Finding.unknown("no request was measured since the start");
        }
        return Finding.verified(
                evidence("requests measured", requests + " on " + traffic.size() + " routes"),
                evidence("meters of saturation", String.join(", ", SATURATION)));
    }

    private Finding errors() {
        UncaughtErrors handler = uncaught.get();
        if (handler == null || !handler.isInstalled()) {
            return Finding.failed("exceptions that end a thread are not captured: the gate is not started, or somebody"
                    + " else's default handler has replaced it");
        }
        int groups = observability.errors().groups().size();
        return Finding.verified(
                evidence("default handler of uncaught exceptions", "installed"),
                evidence("groups of unhandled errors since the start", Integer.toString(groups)));
    }

    private Finding health() {
        Optional<HealthReport> report = observability.health();
        if (report.isEmpty()) {
            return Finding.unknown("no health report was given to Observability.builder()");
        }
        List<HealthReport.Check> checks = report.get().checks();
        if (checks.stream().noneMatch(HealthReport.Check::required)) {
            return Finding.failed("no health check is required, so nothing can take this instance out of service");
        }
        return Finding.verified(evidence("health", report.get().toJson(false)));
    }

    private Finding appendOnly() {
        return observability
                .auditIfAny()
                .map(audit -> audit.verifyAppendOnly())
                .orElseGet(() -> Finding.failed("there is no audit log: no dataSource was given to the builder"));
    }

    private Evidence evidence(String what, String value) {
        Instant now = observability.clock().instant();
        return new Evidence(what, value, SOURCE, now);
    }
}
