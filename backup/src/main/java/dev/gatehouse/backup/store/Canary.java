// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import dev.gatehouse.backup.store.BackupStore.Put;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One small object by which a store proves itself: written once, never overwritten, read back. */
final class Canary {

    static final ObjectName NAME = ObjectName.of("probe", "canary");

    private static final String SONG = "gatehouse-backup canary 1\n";

    private Canary() {}

    static void prove(BackupStore store) throws IOException {
        if (put(store, SONG) == Put.STORED && put(store, "overwritten\n") == Put.STORED) {
            throw new StoreException.Unfit(
                    store.place(), "it overwrites what is there instead of refusing (If-None-Match is ignored)", null);
        }
        String heard = read(store);
        if (!heard.equals(SONG)) {
            throw new StoreException.Unfit(
                    store.place(), NAME + " does not hold what was written; delete it and try again", null);
        }
    }

    private static Put put(BackupStore store, String text) throws IOException {
        return store.putIfAbsent(NAME, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(BackupStore store) throws IOException {
        try (InputStream in = store.open(NAME)) {
            return new String(in.readNBytes(1_000), StandardCharsets.US_ASCII);
        }
    }
}
