// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Marks that last as long as the process. */
final class MemoryMarks implements HighWaterMark {

    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    @Override
    public Optional<Mark> read(String store, String source) {
        return Optional.ofNullable(marks.get(store + "/" + source));
    }

    @Override
    public void raise(String store, String source, Mark mark) {
        marks.merge(
                store + "/" + source, mark, (old, proposed) -> proposed.sequence() > old.sequence() ? proposed : old);
    }
}
