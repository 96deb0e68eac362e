// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Compares what two copies both hold. Keys, manifests and proofs are small and are compared once a process; of the data,
 * one object a pass, in turn, because reading all of it is the work of a verification.
 */
final class Comparison {

    /** The most small objects that are compared in one pass. */
    private static final int AT_ONCE = 1_000;

    private static final int LARGEST = 4 << 20;

    private final BackupStore one;
    private final BackupStore other;
    private Set<ObjectName> compared = new HashSet<>();
    private long turn;

    Comparison(BackupStore one, BackupStore other) {
        this.one = one;
        this.other = other;
    }

    List<String> differing(List<ObjectName> both) throws IOException {
        compared.retainAll(new HashSet<>(both));
        List<String> differing = new ArrayList<>();
        List<ObjectName> small = both.stream().filter(name -> !isData(name)).toList();
        for (ObjectName name : small.stream()
                .filter(name -> !compared.contains(name))
                .limit(AT_ONCE)
                .toList()) {
            compare(name, differing);
        }
        List<ObjectName> data = both.stream().filter(Comparison::isData).toList();
        if (!data.isEmpty()) {
            compare(data.get((int) (turn++ % data.size())), differing);
        }
        return differing;
    }

    private void compare(ObjectName name, List<String> differing) throws IOException {
        try {
            if (sha256(one, name).equals(sha256(other, name))) {
                compared.add(name);
            } else {
                differing.add("object " + name + " on " + other.place().name() + " differs from the one on "
                        + one.place().name() + "; restore from the copy that verifies");
            }
        } catch (NoSuchFileException e) {
            compared.remove(name); // deleted meanwhile
        }
    }

    private static boolean isData(ObjectName name) {
        return name.value().contains("/data/");
    }

    static byte[] bytes(BackupStore store, ObjectName name) throws IOException {
        try (InputStream in = store.open(name)) {
            return in.readNBytes(LARGEST);
        }
    }

    static String sha256(BackupStore store, ObjectName name) throws IOException {
        try (DigestInputStream in = new DigestInputStream(store.open(name), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
