// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.store.ObjectName;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same on a backup of several chunks of several frames and many segments, at seeded random places. */
interface TamperedLargeBackups extends FaultRows {

    int LARGE = 9 << 20;

    @Test
    default void refusesABitFlipInALargeBackup() throws Exception {
        damage(3, 1);
    }

    @Test
    @Tag("soak")
    default void refusesABitFlipAtManyPlacesOfALargeBackup() throws Exception {
        damage(200, 50);
    }

    private void damage(int flips, int cuts) throws Exception {
        FaultBench bench = bench();
        byte[] content = new byte[LARGE];
        new Random(9).nextBytes(content);
        String large =
                FaultBench.make(bench.builder().source(new BytesSource(content)).chunkBytes(LARGE / 3));
        List<ObjectName> chunks = bench.objects().stream()
                .filter(name -> name.value().contains("/data/" + large))
                .toList();
        for (int i = 0; i < flips + cuts; i++) {
            ObjectName name = chunks.get(bench.random.nextInt(chunks.size()));
            byte[] original = bench.bytes(name);
            int at = bench.random.nextInt(original.length);
            byte[] changed = i < flips ? flipped(original, at) : Arrays.copyOf(original, at);
            bench.replace(name, changed);
            bench.assertRefused(large, (i < flips ? "flip at " : "cut at ") + at + " of " + name);
            bench.replace(name, original);
        }
        bench.count("bit flip at a seeded place of a large backup", flips, TamperedObjects.REFUSED);
        bench.count("truncation at a seeded place of a large backup", cuts, TamperedObjects.REFUSED);
    }

    private byte[] flipped(byte[] original, int at) {
        byte[] changed = original.clone();
        changed[at] ^= (byte) (1 << bench().random.nextInt(8));
        return changed;
    }
}
