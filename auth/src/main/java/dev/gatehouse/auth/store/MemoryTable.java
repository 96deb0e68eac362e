// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows by key. Each change leaves behind how to undo it. Not thread-safe: the store lets one caller in at a time.
 *
 * @param <K> the key
 * @param <V> an immutable row
 */
final class MemoryTable<K, V> {

    private final Map<K, V> rows = new LinkedHashMap<>();
    private final Deque<Runnable> undo;

    MemoryTable(Deque<Runnable> undo) {
        this.undo = undo;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    Stream<V> stream() {
        return rows.values().stream();
    }

    int size() {
        return rows.size();
    }

    /** Adds a row unless the key is taken. */
    boolean add(K key, V row) {
        if (rows.containsKey(key)) {
            return false;
        }
        put(key, row);
        return true;
    }

    void put(K key, V row) {
        V before = rows.put(key, row);
        undo.push(() -> restore(key, before));
    }

    boolean remove(K key) {
        V before = rows.remove(key);
        if (before == null) {
            return false;
        }
        undo.push(() -> rows.put(key, before));
        return true;
    }

    int removeIf(Predicate<V> doomed) {
        List<K> keys = rows.entrySet().stream()
                .filter(row -> doomed.test(row.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        keys.forEach(this::remove);
        return keys.size();
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }
}
