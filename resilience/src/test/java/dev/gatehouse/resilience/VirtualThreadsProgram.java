// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What {@link VirtualThreadsTest} runs on a newer JDK: many virtual threads in guards at once, on one carrier. */
final class VirtualThreadsProgram {

    private static final int MANY = 500;

    private final ExecutorService threads;

    private VirtualThreadsProgram(ExecutorService threads) {
        this.threads = threads;
    }

    /** Exits with 1 when somebody had to wait for somebody else's carrier. */
    public static void main(String[] arguments) throws Exception {
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        VirtualThreadsProgram program = new VirtualThreadsProgram(virtual);
        program.allAtOnce();
        program.timeouts();
        program.line();
        System.exit(0);
    }

    private static GuardBuilder guard(Duration timeout) {
        return Guard.named("virtual").timeout(timeout).breaker(new Breaker(100, 10_000, 10_000, timeout, 1));
    }

    private void all(Callable<Boolean> each, String said) throws Exception {
        List<Future<Boolean>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            futures.add(threads.submit(each));
        }
        for (Future<Boolean> future : futures) {
            if (!future.get(30, TimeUnit.SECONDS)) {
                System.exit(1);
            }
        }
        System.out.println(said);
    }

    /** Nobody ends before all have begun. */
    private void allAtOnce() throws Exception {
        Guard guard = guard(Duration.ofSeconds(20)).maxConcurrent(MANY).build();
        CountDownLatch begun = new CountDownLatch(MANY);
        all(
                () -> guard.call(attempt -> {
                            begun.countDown();
                            begun.await();
                            return "with all the others";
                        })
                        instanceof Outcome.Success,
                "all went on");
    }

    private void timeouts() throws Exception {
        Guard guard = guard(Duration.ofMillis(50)).maxConcurrent(MANY).build();
        CountDownLatch never = new CountDownLatch(1);
        all(
                () -> guard.call(attempt -> {
                                    never.await();
                                    return "never";
                                })
                                instanceof Outcome.TimedOut
                        && !Thread.currentThread().isInterrupted(),
                "all timed out");
    }

    /** All but one wait for a place, and the one waits for them. */
    private void line() throws Exception {
        Guard guard =
                guard(Duration.ofSeconds(20)).maxConcurrent(1).maxWaiting(MANY).build();
        all(
                () -> guard.call(attempt -> {
                            LockSupport.parkNanos(10_000);
                            return "in its turn";
                        })
                        instanceof Outcome.Success,
                "all waited");
    }
}
