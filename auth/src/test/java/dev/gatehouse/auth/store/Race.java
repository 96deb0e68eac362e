// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Many threads that start at once. */
public final class Race {

    private Race() {}

    /** How many of {@code threads} concurrent tries came out true. */
    public static int winners(int threads, Callable<Boolean> attempt) {
        return (int) results(threads, attempt).stream().filter(won -> won).count();
    }

    /** What each of {@code threads} concurrent tries came to. */
    public static <T> List<T> results(int threads, Callable<T> attempt) {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = Stream.generate(() -> pool.submit(() -> {
                        start.await();
                        return attempt.call();
                    }))
                    .limit(threads)
                    .toList();
            return futures.stream().map(Race::get).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a racer failed", e);
        }
    }
}
