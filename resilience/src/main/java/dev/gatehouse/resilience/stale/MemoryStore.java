// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Copies in memory. */
final class MemoryStore implements StaleStore {

    private static final int MAX_BYTES = 1 << 24;

    private final Map<String, byte[]> copies = new ConcurrentHashMap<>();

    @Override
    public void save(String cache, byte[] copy) {
        copies.put(cache, copy.clone());
    }

    @Override
    public Optional<byte[]> load(String cache) {
        return Optional.ofNullable(copies.get(cache)).map(byte[]::clone);
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }
}
