// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.store.ObjectName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in the store is not what was put there. */
interface TamperedObjects extends FaultRows {

    String REFUSED = "refused, backup named, nothing released";

    @Test
    default void refusesABitFlipAnywhere() throws Exception {
        FaultBench bench = bench();
        List<ObjectName> names = bench.objects();
        for (int i = 0; i < 24; i++) {
            ObjectName name = names.get(i % names.size());
            byte[] original = bench.bytes(name);
            flip(name, original, bench.random.nextInt(original.length));
        }
        bench.count("bit flip at a random place", 24, REFUSED);
        bench.assertRestores(bench.backup);
    }

    @Test
    @Tag("soak")
    default void refusesABitFlipAtEveryByte() throws Exception {
        FaultBench bench = bench();
        int cases = 0;
        for (ObjectName name : bench.objects()) {
            byte[] original = bench.bytes(name);
            for (int at = 0; at < original.length; at++) {
                flip(name, original, at);
                cases++;
            }
        }
        bench.count("bit flip at every byte", cases, REFUSED);
        bench.assertRestores(bench.backup);
    }

    private void flip(ObjectName name, byte[] original, int at) throws Exception {
        byte[] changed = original.clone();
        changed[at] ^= (byte) (1 << bench().random.nextInt(8));
        bench().assertRefusedWith(name, original, changed, "bit flip at byte " + at);
    }

    @Test
    default void refusesATruncation() throws Exception {
        FaultBench bench = bench();
        int cases = 0;
        for (ObjectName name : bench.objects()) {
            byte[] original = bench.bytes(name);
            for (int length : new int[] {0, original.length / 2, original.length - 1}) {
                bench.assertRefusedWith(name, original, Arrays.copyOf(original, length), "cut to " + length);
                cases++;
            }
        }
        bench.count("truncation to some lengths", cases, REFUSED);
        bench.assertRestores(bench.backup);
    }

    @Test
    @Tag("soak")
    default void refusesATruncationToEveryLength() throws Exception {
        FaultBench bench = bench();
        int cases = 0;
        for (ObjectName name : bench.objects()) {
            byte[] original = bench.bytes(name);
            for (int length = 0; length < original.length; length++) {
                bench.assertRefusedWith(name, original, Arrays.copyOf(original, length), "cut to " + length);
                cases++;
            }
        }
        bench.count("truncation to every length", cases, REFUSED);
        bench.assertRestores(bench.backup);
    }

    @Test
    default void refusesChunksThatChangedPlacesAndObjectsOfAnotherBackup() throws Exception {
        FaultBench bench = bench();
        String other = bench.make();
        int cases = 0;
        List<ObjectName> chunks = bench.objects().stream()
                .filter(name -> name.value().contains("/data/"))
                .toList();
        for (ObjectName one : chunks) {
            for (ObjectName two : chunks) {
                if (one.value().contains(bench.backup) && !one.equals(two)) {
                    bench.assertRefusedWith(one, bench.bytes(one), bench.bytes(two), "swapped for " + two);
                    cases++;
                }
            }
        }
        swap(bench, Forger.key(bench.backup), Forger.key(other));
        swap(bench, bench.manifest(bench.backup), bench.manifest(other));
        bench.count("chunk, key or manifest swapped", cases + 2, REFUSED);
        bench.assertRestores(bench.backup);
    }

    private static void swap(FaultBench bench, ObjectName one, ObjectName other) throws Exception {
        bench.assertRefusedWith(one, bench.bytes(one), bench.bytes(other), "swapped for " + other);
    }

    @Test
    default void refusesAMissingObjectBeforeTheTargetIsTouched() throws Exception {
        FaultBench bench = bench();
        int cases = 0;
        for (ObjectName name : bench.objects()) {
            byte[] original = bench.bytes(name);
            bench.store.delete(name);
            bench.assertRefused(bench.backup, "missing " + name);
            bench.store.putIfAbsent(name, out -> out.write(original));
            cases++;
        }
        bench.count("object missing", cases, "refused before the target is touched");
        bench.assertRestores(bench.backup);
    }
}
