// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus.State;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.readiness.ReadinessItem;
import dev.gatehouse.readiness.ReadinessReport;
import dev.gatehouse.readiness.ReadinessStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatehouseTest {

    @Test
    void livenessAsksNothing() {
        try (Gatehouse house = Gatehouse.builder()
                .health(HealthCheck.required("database", () -> {
                    throw new IllegalStateException("asked");
                }))
                .build()) {
            house.start();
            assertThat(house.liveness().state()).isEqualTo(State.UP);
            assertThat(house.health().state()).isEqualTo(State.DOWN);
        }
    }

    @Test
    void refusesTwoHealthChecksOfOneName() {
        HealthCheck check = HealthCheck.informing("queue", HealthStatus::up);
        assertThatThrownBy(() -> Gatehouse.builder().health(check, check).build())
                .hasMessage("gatehouse: two health checks are named 'queue'");
    }

    @Test
    void refusesToStartTwice() {
        try (Gatehouse house = Gatehouse.of()) {
            house.start();
            assertThatThrownBy(house::start).hasMessage("gatehouse: was started before");
        }
    }

    @Test
    void isNotReadyWhileItsGatesStart() {
        CompletableFuture<Gatehouse> house = new CompletableFuture<>();
        List<String> seen = new ArrayList<>();
        Gate gate = new Gate() {
            @Override
            public String name() {
                return "asking";
            }

            @Override
            public void start() {
                seen.add(house.join().health().toJson(true));
            }
        };
        house.complete(Gatehouse.of(gate));
        try (Gatehouse started = house.join()) {
            started.start();
            assertThat(seen).singleElement().asString().contains("the instance is starting");
            assertThat(started.health().state()).isEqualTo(State.UP);
        }
    }

    @Test
    void answersForItsHealthAfterItWasClosed() {
        Gatehouse house = Gatehouse.builder()
                .health(HealthCheck.required("database", HealthStatus::up))
                .build();
        house.start();
        house.close();
        assertThat(house.health().toJson(true)).contains("the instance is closed", "no check runs any more");
    }

    @Test
    void reportsEveryRequirementAndProbesItsOwnPipeline() {
        try (Gatehouse house = Gatehouse.of()) {
            ReadinessReport report = house.readiness();
            assertThat(report.items()).hasSizeGreaterThan(50);
            assertThat(item(report, "A1").status()).isEqualTo(ReadinessStatus.UNKNOWN);
            assertThat(item(report, "G13").status()).isEqualTo(ReadinessStatus.EXEMPT);
            assertThat(item(report, "G10").evidence()).isNotEmpty();
        }
    }

    private static ReadinessItem item(ReadinessReport report, String id) {
        return report.items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Draining {

        @Test
        void turnsHealthDownBeforeItRefusesRequests() throws Exception {
            Gatehouse house = Gatehouse.builder()
                    .drain(Duration.ofHours(1), Duration.ofSeconds(5))
                    .build();
            house.start();
            assertThat(house.health().state()).isEqualTo(State.UP);
            CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(house::drain);
            awaitDown(house);
            assertThat(house.health().httpStatus()).isEqualTo(503);
            assertThat(drained).isNotDone();
            house.close();
            assertThat(drained.get(30, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void letsEveryGateFinishItsWork() {
            CountDownLatch finished = new CountDownLatch(1);
            Gate queue = new Gate() {
                @Override
                public String name() {
                    return "queue";
                }

                @Override
                public void drain(Deadline until) {
                    finished.countDown();
                }
            };
            try (Gatehouse house = Gatehouse.builder()
                    .gates(queue)
                    .drain(Duration.ZERO, Duration.ofSeconds(5))
                    .build()) {
                house.start();
                assertThat(house.drain()).isTrue();
                assertThat(finished.getCount()).isZero();
            }
        }

        @Test
        void refusesANegativePause() {
            assertThatThrownBy(() -> Gatehouse.builder().drain(Duration.ofSeconds(-1), Duration.ZERO))
                    .hasMessageContaining("gatehouse.drain: was PT-1S");
        }

        private void awaitDown(Gatehouse house) {
            while (house.health().state() != State.DOWN) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anInstanceThatNeverStartedIsNotReady() {
        assertThat(Gatehouse.of().health().toJson(true)).contains("the instance is new");
    }
}
