// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.jdbc.Tx;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The store in memory: one lock, and every transaction works on a copy that takes the place of the original. */
final class MemoryFeatureStore implements FeatureStore {

    private final ReentrantLock lock = new ReentrantLock();
    private Unit kept = new Unit();

    @Override
    public <T> T transact(Function<FeatureUnit, T> work) {
        lock.lock();
        try {
            Unit copy = kept.copy();
            T result = work.apply(copy);
            kept = copy;
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void verifySchema() {
        // Memory has no schema.
    }

    private static final class Unit implements FeatureUnit {

        private static final Tx NO_DATABASE = new Tx((Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("resilience: a store in memory has no database connection;"
                            + " use FeatureStore.jdbc when the audit log writes to a database");
                }));

        private final Map<String, FeatureSwitch> switches = new HashMap<>();
        private final Deque<FeatureChange> history = new ArrayDeque<>();
        private final Map<String, Sighting> seen = new HashMap<>();

        Unit copy() {
            Unit copy = new Unit();
            copy.switches.putAll(switches);
            copy.history.addAll(history);
            copy.seen.putAll(seen);
            return copy;
        }

        @Override
        public Tx tx() {
            return NO_DATABASE;
        }

        @Override
        public void turnOff(FeatureSwitch change) {
            switches.put(change.feature(), change);
        }

        @Override
        public boolean turnOn(String feature) {
            return switches.remove(feature) != null;
        }

        @Override
        public boolean expire(String feature, Instant now) {
            FeatureSwitch found = switches.get(feature);
            return found != null && !found.isInForce(now) && turnOn(feature);
        }

        @Override
        public List<FeatureSwitch> switches() {
            return switches.values().stream()
                    .sorted(Comparator.comparing(FeatureSwitch::feature))
                    .toList();
        }

        @Override
        public void add(FeatureChange change, int keep) {
            history.addFirst(change);
            while (history.size() > keep) {
                history.removeLast();
            }
        }

        @Override
        public List<FeatureChange> history(int most) {
            return history.stream().limit(most).toList();
        }

        @Override
        public void seen(Sighting sighting) {
            seen.put(sighting.feature() + " " + sighting.state(), sighting);
        }

        @Override
        public List<Sighting> seen() {
            return List.copyOf(seen.values());
        }
    }
}
