// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where copies of caches outlive the process. A copy is saved as a whole: a reader finds the old one or the new one, never
 * a part. Thread-safe.
 */
public interface StaleStore {

    /** Puts {@code copy} in the place of the last one of this cache. */
    void save(String cache, byte[] copy) throws IOException;

    /** The last copy of this cache; empty when there is none. Throws when it cannot be read or is out of bounds. */
    Optional<byte[]> load(String cache) throws IOException;

    /** How many bytes a copy may have. */
    int maxBytes();

    /**
     * One file a cache in {@code folder}, which is made if it is missing: readable by its owner only, written beside the
     * old one, forced to disk and then put in its place.
     *
     * @param maxBytes of one copy, 1 KiB to 1 GiB
     */
    static StaleStore directory(Path folder, int maxBytes) {
        return new DirectoryStore(folder, maxBytes, InstantSource.system());
    }

    /** A store that lives and dies with this object, for tests. */
    static StaleStore inMemory() {
        return new MemoryStore();
    }
}
