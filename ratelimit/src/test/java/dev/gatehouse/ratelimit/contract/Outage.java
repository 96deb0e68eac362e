// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** The instances of a fleet under load on one key, while something happens to their store. */
public final class Outage {

    /** Of which a burst is 40, and each of four instances' share 10. */
    public static final Limit FORTY = Limit.perSecond("forty", 40);

    private static final int THREADS_EACH = 3;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMillis(30);

    private final List<FleetStore> instances;
    private final LimitKey key = LimitKey.account(UUID.randomUUID().toString());
    private final AtomicBoolean over = new AtomicBoolean();
    private final LongAdder asked = new LongAdder();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder degraded = new LongAdder();
    private final LongAdder waited = new LongAdder();
    private final AtomicLong longest = new AtomicLong();

    private Outage(List<FleetStore> instances) {
        this.instances = instances;
    }

    /** Lets every instance ask without end, lets {@code course} happen meanwhile, and tells what came of it. */
    public static Figures during(String name, List<FleetStore> instances, Runnable course) throws Exception {
        Figures figures = new Outage(instances).run(course);
        System.out.println("outage, " + name + ": " + figures);
        return figures;
    }

    private Figures run(Runnable course) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        long begun = System.nanoTime();
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (FleetStore instance : instances) {
                for (int i = 0; i < THREADS_EACH; i++) {
                    callers.add(threads.submit(() -> ask(instance)));
                }
            }
            course.run();
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        return figures(System.nanoTime() - begun);
    }

    private void ask(FleetStore instance) {
        while (!over.get()) {
            long begun = System.nanoTime();
            Decision decision = instance.take(key, List.of(FORTY), 1);
            long took = System.nanoTime() - begun;
            asked.increment();
            admitted.add(decision.allowed() ? 1 : 0);
            degraded.add(decision.degraded() ? 1 : 0);
            waited.add(took > LONG.toNanos() ? 1 : 0);
            longest.accumulateAndGet(took, Math::max);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Figures figures(long nanos) {
        long fair = FORTY.burst() + nanos / FORTY.nanosAUnit();
        long let = admitted.sum();
        return new Figures(
                asked.sum(),
                let,
                degraded.sum(),
                Math.max(0, let - fair),
                Math.max(0, fair - let),
                waited.sum(),
                Duration.ofNanos(longest.get()).toMillis());
    }

    /**
     * What came of it.
     *
     * @param asked requests
     * @param admitted of these
     * @param degraded decided without the store
     * @param wronglyAdmitted more than one store that always answers would have admitted
     * @param wronglyRefused fewer than that
     * @param waited requests that took longer than 30 ms
     * @param longestMillis the slowest request
     */
    public record Figures(
            long asked,
            long admitted,
            long degraded,
            long wronglyAdmitted,
            long wronglyRefused,
            long waited,
            long longestMillis) {}
}
