// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final List<String> log = new ArrayList<>();

    @Test
    void startsInOrderAndClosesInReverse() {
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit"), gate("auth")));
        lifecycle.start();
        lifecycle.close();
        assertThat(log).containsExactly("start audit", "start auth", "close auth", "close audit");
    }

    @Test
    void drainsInReverseSoThatTheLastEventsStillHaveSomewhereToGo() {
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit"), gate("queue")));
        lifecycle.start();
        lifecycle.drain(Deadline.after(Duration.ofSeconds(1)));
        assertThat(log).endsWith("drain queue", "drain audit");
    }

    @Test
    void aFailingStartClosesWhatHadStartedAndNamesTheGateAndTheReason() {
        Gate broken = new Recorder("limits") {
            @Override
            public void start() {
                throw new IllegalStateException("no store at redis://localhost");
            }
        };
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit"), gate("auth"), broken, gate("backup")));
        assertThatThrownBy(lifecycle::start)
                .isInstanceOf(StartException.class)
                .hasMessage("gate 'limits' did not start: no store at redis://localhost")
                .hasFieldOrPropertyWithValue("gate", "limits");
        assertThat(log).containsExactly("start audit", "start auth", "close auth", "close audit");
    }

    @Test
    void oneGateThatFailsToCloseDoesNotKeepTheOthersOpen() {
        Gate broken = new Recorder("auth") {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        };
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit"), broken));
        lifecycle.start();
        lifecycle.close();
        assertThat(log).endsWith("close audit");
    }

    @Test
    void oneGateThatFailsWithAnErrorDoesNotKeepTheOthersOpenEither() {
        Gate broken = new Recorder("auth") {
            @Override
            public void drain(Deadline until) {
                throw new NoClassDefFoundError("gone");
            }

            @Override
            public void close() {
                throw new NoClassDefFoundError("gone");
            }
        };
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit"), broken));
        lifecycle.start();
        lifecycle.drain(Deadline.after(Duration.ofSeconds(1)));
        lifecycle.close();
        assertThat(log).endsWith("drain audit", "close audit");
    }

    @Test
    void aCloseThatOvertakesTheStartLeavesNothingOpen() throws Exception {
        CompletableFuture<Thread> closer = new CompletableFuture<>();
        CompletableFuture<Lifecycle> lifecycle = new CompletableFuture<>();
        Gate slow = new Recorder("slow") {
            @Override
            public void start() {
                super.start();
                Thread thread = new Thread(lifecycle.join()::close);
                thread.start();
                awaitBlocked(thread);
                closer.complete(thread);
            }
        };
        lifecycle.complete(new Lifecycle(List.of(slow, gate("late"))));
        assertThatThrownBy(lifecycle.join()::start)
                .isInstanceOf(StartException.class)
                .hasMessage("gate 'late' did not start: closed while starting");
        closer.join().join();
        assertThat(log).containsExactly("start slow", "close slow");
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingTwiceClosesEachGateOnce() {
        Lifecycle lifecycle = new Lifecycle(List.of(gate("audit")));
        lifecycle.start();
        lifecycle.close();
        lifecycle.close();
        assertThat(log).containsExactly("start audit", "close audit");
    }

    @Test
    void refusesTwoGatesOfOneName() {
        assertThatThrownBy(() -> new Lifecycle(List.of(gate("auth"), gate("auth"))))
                .hasMessage("gatehouse: two gates are named 'auth'");
    }

    private Gate gate(String name) {
        return new Recorder(name);
    }

    private class Recorder implements Gate {

        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            log.add("start " + name);
        }

        @Override
        public void drain(Deadline until) {
            log.add("drain " + name);
        }

        @Override
        public void close() {
            log.add("close " + name);
        }
    }
}
