// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Many requests at once hand work to one small pool, nested and in stages, some of it failing and some of it leaving
 * scopes and MDC values behind. No task may ever see another request's context, and no thread may keep anything.
 */
@Timeout(60)
class ContextContentionTest {

    private static final int REQUEST_THREADS = 8;
    private static final int POOL_THREADS = 4;
    private static final int REQUESTS_PER_THREAD = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(POOL_THREADS);
    private final ExecutorService pool = ContextExecutors.wrap(threads);
    private final Queue<String> mixedUp = new ConcurrentLinkedQueue<>();

    /** The scopes left behind are each worth a warning, which nobody needs to read here. */
    private final Logger warnings = (Logger) LoggerFactory.getLogger(RequestContext.class);

    @BeforeEach
    void silence() {
        warnings.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        warnings.setLevel(null);
    }

    @Test
    void noRequestSeesAnotherAndNoThreadKeepsAnything() throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(REQUEST_THREADS);
        CyclicBarrier start = new CyclicBarrier(REQUEST_THREADS);
        List<Callable<Boolean>> load = new ArrayList<>();
        for (int server = 0; server < REQUEST_THREADS; server++) {
            int number = server;
            load.add(() -> {
                start.await();
                for (int request = 0; request < REQUESTS_PER_THREAD; request++) {
                    serve("r" + number + "-" + request, request);
                }
                return RequestContext.current() == RequestContext.NONE && isEmpty(MDC.getCopyOfContextMap());
            });
        }
        for (Future<Boolean> clean : servers.invokeAll(load)) {
            assertThat(clean.get()).isTrue();
        }
        assertThat(mixedUp).isEmpty();
        assertThatThePoolIsClean();
        servers.shutdown();
        threads.shutdown();
    }

    private void serve(String id, int request) throws Exception {
        var scope = RequestContext.NONE
                .withRequestId(id)
                .withTrace(TraceParent.fresh(false))
                .open();
        try {
            MDC.put("cart", id);
            Future<?> direct = pool.submit(() -> work(id, request));
            CompletableFuture<?> staged =
                    CompletableFuture.runAsync(() -> work(id, 0), pool).thenRunAsync(() -> work(id, 0), pool);
            check(id);
            staged.join();
            direct.get();
        } catch (ExecutionException expected) {
            check(id);
        } finally {
            MDC.remove("cart");
            scope.close();
        }
    }

    private void work(String id, int request) {
        check(id);
        if (request % 3 == 1) {
            MDC.put("left-behind", id);
            var forgotten = RequestContext.NONE.withRequestId("forgotten-" + id).open();
            assertThat(forgotten).isNotNull();
        }
        if (request % 5 == 2) {
            throw new IllegalStateException("a failing task");
        }
        pool.execute(() -> check(request % 3 == 1 ? "forgotten-" + id : id, id));
    }

    private void check(String id) {
        check(id, id);
    }

    private void check(String id, String cart) {
        boolean right = RequestContext.current().requestId().orElse("").equals(id)
                && Objects.equals(MDC.get("http.request.id"), id)
                && Objects.equals(MDC.get("cart"), cart);
        if (!right) {
            mixedUp.add(id + " saw " + RequestContext.current().requestId() + MDC.getCopyOfContextMap());
        }
    }

    /** Holds every thread of the pool at a barrier, so that each is looked at. */
    private void assertThatThePoolIsClean() throws Exception {
        CyclicBarrier all = new CyclicBarrier(POOL_THREADS);
        List<Callable<Boolean>> looks = new ArrayList<>();
        for (int i = 0; i < POOL_THREADS; i++) {
            looks.add(() -> {
                all.await();
                return RequestContext.current() == RequestContext.NONE && isEmpty(MDC.getCopyOfContextMap());
            });
        }
        for (Future<Boolean> clean : threads.invokeAll(looks)) {
            assertThat(clean.get()).isTrue();
        }
    }

    private static boolean isEmpty(@Nullable Map<String, String> map) {
        return map == null || map.isEmpty();
    }
}
