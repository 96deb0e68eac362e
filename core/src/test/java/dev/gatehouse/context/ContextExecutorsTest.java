// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

class ContextExecutorsTest {

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
    private final ScheduledExecutorService pool = ContextExecutors.wrap(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        MDC.clear();
    }

    /** What a task sees: the request ID of its context, and the MDC's word for it and for the tenant. */
    record Seen(String context, String mdc, String tenant) {
        static Seen here() {
            return new Seen(
                    RequestContext.current().requestId().orElse("-"),
                    String.valueOf(MDC.get("http.request.id")),
                    String.valueOf(MDC.get("tenant")));
        }
    }

    private static <T> T during(String request, Callable<T> work) throws Exception {
        var scope = RequestContext.NONE.withRequestId(request).open();
        MDC.put("tenant", "of-" + request);
        try {
            return work.call();
        } finally {
            MDC.remove("tenant");
            scope.close();
        }
    }

    enum Way {
        EXECUTE,
        SUBMIT_RUNNABLE,
        SUBMIT_RUNNABLE_WITH_RESULT,
        SUBMIT_CALLABLE,
        INVOKE_ALL,
        INVOKE_ALL_TIMED,
        INVOKE_ANY,
        INVOKE_ANY_TIMED,
        SCHEDULE_RUNNABLE,
        SCHEDULE_CALLABLE,
        FIXED_RATE,
        FIXED_DELAY;

        Object submit(ScheduledExecutorService pool, Runnable task) throws Exception {
            Callable<String> callable = Executors.callable(task, "done");
            Collection<Callable<String>> all = List.of(callable);
            return switch (this) {
                case EXECUTE -> {
                    pool.execute(task);
                    yield "";
                }
                case SUBMIT_RUNNABLE -> pool.submit(task);
                case SUBMIT_RUNNABLE_WITH_RESULT -> pool.submit(task, "done");
                case SUBMIT_CALLABLE -> pool.submit(callable);
                case INVOKE_ALL -> pool.invokeAll(all);
                case INVOKE_ALL_TIMED -> pool.invokeAll(all, 1, TimeUnit.MINUTES);
                case INVOKE_ANY -> pool.invokeAny(all);
                case INVOKE_ANY_TIMED -> pool.invokeAny(all, 1, TimeUnit.MINUTES);
                case SCHEDULE_RUNNABLE -> pool.schedule(task, 0, TimeUnit.NANOSECONDS);
                case SCHEDULE_CALLABLE -> pool.schedule(callable, 0, TimeUnit.NANOSECONDS);
                case FIXED_RATE -> pool.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
                case FIXED_DELAY -> pool.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayToSubmitCarriesContextAndMdc(Way way) throws Exception {
        BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
        Object submitted = during("r1", () -> way.submit(pool, () -> seen.add(Seen.here())));
        assertThat(submitted).isNotNull();
        assertThat(seen.take()).isEqualTo(new Seen("r1", "r1", "of-r1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED_RATE", "FIXED_DELAY"})
    void everyRunOfAPeriodicTaskHasTheContextItWasScheduledIn(Way way) throws Exception {
        BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
        Object submitted = during("r1", () -> way.submit(pool, () -> seen.add(Seen.here())));
        assertThat(submitted).isInstanceOf(Future.class);
        assertThat(List.of(seen.take(), seen.take(), seen.take())).containsOnly(new Seen("r1", "r1", "of-r1"));
    }

    @Test
    void leavesTheThreadAsItWas() throws Exception {
        threads.submit(() -> MDC.put("worker", "w1")).get();
        during(
                        "r1",
                        () -> pool.submit(() -> {
                            MDC.put("left", "behind");
                            MDC.remove("worker");
                        }))
                .get();
        Map<String, String> after = threads.submit(MDC::getCopyOfContextMap).get();
        assertThat(after).isEqualTo(Map.of("worker", "w1"));
        assertThat(threads.submit(RequestContext::current).get()).isSameAs(RequestContext.NONE);
    }

    @Test
    void leavesTheThreadAsItWasWhenTheTaskThrows() throws Exception {
        Future<?> failing = during(
                "r1",
                () -> pool.submit((Runnable) () -> {
                    throw new IllegalStateException("expected");
                }));
        assertThat(failing).failsWithin(Duration.ofMinutes(1));
        assertThat(threads.submit(Seen::here).get()).isEqualTo(new Seen("-", "null", "null"));
    }

    @Test
    void aTaskOfNoRequestDoesNotSeeWhatAThreadWasLeftWith() throws Exception {
        threads.submit(() -> MDC.put("http.request.id", "stale")).get();
        assertThat(pool.submit(Seen::here).get()).isEqualTo(new Seen("-", "null", "null"));
    }

    @Nested
    class CompletableFutures {

        @Test
        void everyStageOnAWrappedExecutorHasTheContext() throws Exception {
            CompletableFuture<List<Seen>> seen = during(
                    "r1",
                    () -> CompletableFuture.supplyAsync(Seen::here, pool)
                            .thenApplyAsync(first -> List.of(first, Seen.here()), pool));
            assertThat(seen.get()).containsOnly(new Seen("r1", "r1", "of-r1")).hasSize(2);
        }

        @Test
        void aStageAfterAForeignFutureHasTheContextThatItsExecutorWasMadeIn() throws Exception {
            CompletableFuture<String> foreign = new CompletableFuture<>();
            Executor bound = during("r1", () -> RequestContext.current().executor(threads));
            CompletableFuture<Seen> stage = foreign.thenApplyAsync(value -> Seen.here(), bound);
            during("r2", () -> foreign.complete("done"));
            assertThat(stage.get()).isEqualTo(new Seen("r1", "r1", "of-r1"));
        }

        @Test
        void aPlainExecutorWillDo() throws Exception {
            Executor plain = ContextExecutors.wrap((Executor) threads);
            CompletableFuture<Seen> seen = during("r1", () -> CompletableFuture.supplyAsync(Seen::here, plain));
            assertThat(seen.get()).isEqualTo(new Seen("r1", "r1", "of-r1"));
        }
    }

    @Test
    void virtualThreadsCarryTheContext() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "this JVM has no virtual threads");
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        ExecutorService wrapped = ContextExecutors.wrap(virtual);
        List<Callable<Seen>> tasks = Collections.nCopies(1_000, Seen::here);
        for (Future<Seen> seen : during("r1", () -> wrapped.invokeAll(tasks))) {
            assertThat(seen.get()).isEqualTo(new Seen("r1", "r1", "of-r1"));
        }
        wrapped.shutdown();
        assertThat(wrapped.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void shutsTheWrappedOneDown() throws Exception {
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.isShutdown() && pool.isTerminated() && threads.isShutdown())
                .isTrue();
        assertThat(pool.shutdownNow()).isEmpty();
    }
}
