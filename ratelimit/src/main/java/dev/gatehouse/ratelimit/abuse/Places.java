// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

import dev.gatehouse.time.Ticker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * From how many places each account came in this window of time. Holds 20,000 accounts a window and 32 places an account;
 * accounts beyond that go unwatched until the next window, and are counted. Thread-safe, and without a lock.
 */
final class Places {

    static final int MOST_PLACES = 32;

    private static final int MOST_ACCOUNTS = 20_000;

    private final Ticker ticker;
    private final long windowNanos;
    private final LongAdder unwatched = new LongAdder();
    private volatile Window window;

    Places(Ticker ticker, long windowNanos) {
        this.ticker = ticker;
        this.windowNanos = windowNanos;
        this.window = new Window(ticker.nanos());
    }

    /** How many places it were with this new one; 0 when the place is known, or there is no room. */
    int add(String account, long place) {
        Window current = current();
        AtomicLongArray places = current.byAccount.get(account);
        if (places == null) {
            if (current.size.getAndIncrement() >= MOST_ACCOUNTS) {
                current.size.decrementAndGet();
                unwatched.increment();
                return 0;
            }
            places = current.byAccount.computeIfAbsent(account, a -> new AtomicLongArray(MOST_PLACES));
        }
        return add(places, place == 0 ? 1 : place);
    }

    List<Spread> atLeast(int places, int most) {
        return current().byAccount.entrySet().stream()
                .map(entry -> new Spread(entry.getKey(), count(entry.getValue())))
                .filter(spread -> spread.places() >= places)
                .sorted(Comparator.comparingInt(Spread::places).reversed().thenComparing(Spread::account))
                .limit(most)
                .toList();
    }

    long unwatched() {
        return unwatched.sum();
    }

    private Window current() {
        Window current = window;
        long now = ticker.nanos();
        if (now - current.began >= windowNanos) {
            // Two threads may both begin one; a few requests of the first then go uncounted.
            current = new Window(now);
            window = current;
        }
        return current;
    }

    private static int add(AtomicLongArray places, long place) {
        for (int i = 0; i < MOST_PLACES; i++) {
            long held = places.get(i);
            if (held == 0 && places.compareAndSet(i, 0, place)) {
                return i + 1;
            }
            if (held == place || places.get(i) == place) {
                return 0;
            }
        }
        return 0;
    }

    private static int count(AtomicLongArray places) {
        int count = 0;
        while (count < MOST_PLACES && places.get(count) != 0) {
            count++;
        }
        return count;
    }

    private static final class Window {

        private final long began;
        private final Map<String, AtomicLongArray> byAccount = new ConcurrentHashMap<>();
        private final AtomicInteger size = new AtomicInteger();

        Window(long began) {
            this.began = began;
        }
    }
}
