// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Marks as objects of a store, one for each number, of which the highest counts. Nothing is overwritten, so that of two
 * writers neither takes the other's mark away, and neither needs to delete.
 */
record StoredMarks(BackupStore store) implements HighWaterMark {

    private static final int LARGEST = 1_000;

    @Override
    public Optional<Mark> read(String store, String source) throws IOException {
        List<ObjectName> names = this.store.list(folder(store, source));
        if (names.isEmpty()) {
            return Optional.empty();
        }
        ObjectName newest = names.get(names.size() - 1);
        try (InputStream in = this.store.open(newest)) {
            return Optional.of(
                    MarkLine.parse(newest.value(), new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII)));
        }
    }

    @Override
    public void raise(String store, String source, Mark mark) throws IOException {
        Optional<Mark> present = read(store, source);
        if (present.isEmpty() || mark.sequence() > present.get().sequence()) {
            ObjectName name = ObjectName.of("marks", store, source, "%020d".formatted(mark.sequence()));
            byte[] line = MarkLine.of(mark).getBytes(StandardCharsets.US_ASCII);
            this.store.putIfAbsent(name, out -> out.write(line));
        }
    }

    private static ObjectName folder(String store, String source) {
        return ObjectName.of("marks", store, source);
    }
}
