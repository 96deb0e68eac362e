// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Never more than the burst and what was refilled since, whatever the interval and however many ask at once. */
class AdmissionBoundTest {

    private static final int THREADS = 32;
    private static final LimitKey KEY = LimitKey.account("alice");
    private static final Limit LIMIT = Limit.perMinute("bound", 100);
    private static final long NANOS_A_PERMIT = LIMIT.window().toNanos() / LIMIT.permits();

    private final ManualTime time = new ManualTime();
    private final RateLimiter limiter = RateLimiter.builder().ticker(time).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private int admittedAtOnce(int each) throws Exception {
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(() -> {
                int admitted = 0;
                for (int n = 0; n < each; n++) {
                    admitted += limiter.take(KEY, LIMIT, 1) instanceof Decision.Allowed ? 1 : 0;
                }
                return admitted;
            });
        }
        int admitted = 0;
        for (Future<Integer> future : threads.invokeAll(all)) {
            admitted += future.get();
        }
        return admitted;
    }

    @Test
    void admitsExactlyTheBurstThenExactlyWhatIsRefilledInEveryInterval() throws Exception {
        Random random = new Random(11);
        List<Long> at = new ArrayList<>();
        List<Integer> admitted = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            at.add(time.nanos());
            admitted.add(admittedAtOnce(5));
            time.advance(Duration.ofNanos((long) (random.nextDouble() * random.nextInt(90) * 1_000_000_000L)));
        }

        for (int from = 0; from < at.size(); from++) {
            long sum = 0;
            for (int to = from; to < at.size(); to++) {
                sum += admitted.get(to);
                long elapsed = at.get(to) - at.get(from);
                assertThat(sum).isLessThanOrEqualTo(LIMIT.permits() + elapsed / NANOS_A_PERMIT);
            }
        }
        assertThat(admitted.get(0)).isEqualTo(100);
    }

    @Test
    void admitsAllOfWhatIsRefilledWhileEverybodyAsks() throws Exception {
        long total = admittedAtOnce(10);
        for (int step = 0; step < 50; step++) {
            time.advance(Duration.ofMillis(730));
            total += admittedAtOnce(3);
        }

        assertThat(total)
                .isEqualTo(LIMIT.permits() + Duration.ofMillis(730 * 50).toNanos() / NANOS_A_PERMIT);
    }

    @Test
    void holdsWhileTimePassesDuringTheDecisions() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong admitted = new AtomicLong();
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            asking.add(threads.submit(() -> {
                while (!stop.get()) {
                    if (limiter.take(KEY, LIMIT, 1) instanceof Decision.Allowed) {
                        admitted.incrementAndGet();
                    }
                }
            }));
        }
        for (int step = 0; step < 20_000 || admitted.get() <= LIMIT.permits(); step++) {
            time.advance(Duration.ofMillis(20));
        }
        stop.set(true);
        for (Future<?> future : asking) {
            future.get();
        }

        assertThat(admitted.get()).isLessThanOrEqualTo(LIMIT.permits() + time.nanos() / NANOS_A_PERMIT);
        assertThat(admitted.get()).isGreaterThan(LIMIT.permits());
    }

    @Test
    void admitsNobodyTwiceWhenALaterLimitGivesUnitsBack() throws Exception {
        Limit narrow = Limit.perMinute("narrow", 7);
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(() -> {
                int admitted = 0;
                for (int n = 0; n < 50; n++) {
                    admitted += limiter.take(KEY, List.of(LIMIT, narrow), 1) instanceof Decision.Allowed ? 1 : 0;
                }
                return admitted;
            });
        }
        int admitted = 0;
        for (Future<Integer> future : threads.invokeAll(all)) {
            admitted += future.get();
        }

        assertThat(admitted).isEqualTo(7);
        assertThat(limiter.status(KEY, LIMIT).remaining()).isEqualTo(93);
    }
}
