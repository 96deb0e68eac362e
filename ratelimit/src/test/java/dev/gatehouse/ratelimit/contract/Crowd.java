// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;

/** Thirty-two threads that begin at the same moment. */
public final class Crowd {

    /** How many ask at once. */
    public static final int THREADS = 32;

    private Crowd() {}

    /** How often {@code ask} was answered true, when every thread, by its number, asks {@code times} times. */
    public static int count(int times, IntPredicate ask) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            all.add(() -> {
                start.await();
                int yes = 0;
                for (int n = 0; n < times; n++) {
                    yes += ask.test(number) ? 1 : 0;
                }
                return yes;
            });
        }
        return sum(all);
    }

    private static int sum(List<Callable<Integer>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int sum = 0;
            for (Future<Integer> one : threads.invokeAll(all)) {
                sum += one.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
