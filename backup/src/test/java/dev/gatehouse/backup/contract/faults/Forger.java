// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.ObjectName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** An attacker who has the key: what he seals opens, and still nothing of it may pass. */
final class Forger {

    private final FaultBench bench;
    private final ObjectName manifest;
    private final ObjectName chunk;
    private final String store;
    private final DataKey key;
    private final byte[] realManifest;
    private final byte[] realChunk;

    Forger(FaultBench bench) throws Exception {
        this.bench = bench;
        this.manifest = bench.manifest(bench.backup);
        this.chunk = ObjectName.of("v1", "shop", "data", bench.backup, BytesSource.PART + ".0.zst.aead");
        this.realManifest = bench.bytes(manifest);
        this.realChunk = bench.bytes(chunk);
        String identity = new String(bench.bytes(ObjectName.of("v1", "store.json")), StandardCharsets.US_ASCII);
        this.store = identity.replaceAll("(?s).*\"store\":\"([0-9a-f]{32})\".*", "$1");
        ObjectName name = key(bench.backup);
        this.key =
                DataKey.unwrap(bench.bytes(name), KeyProvider.file(bench.folder.resolve("backup.key")), binding(name));
    }

    static ObjectName key(String backup) {
        return ObjectName.of("v1", "keys", backup + ".wrapped");
    }

    private byte[] binding(ObjectName name) {
        return ("gatehouse-backup/1\n" + store + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] sealed(ObjectName name, byte[] plain) throws Exception {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = key.seal(sealed, binding(name))) {
            out.write(plain);
        }
        return sealed.toByteArray();
    }

    private String json() throws Exception {
        try (InputStream in = key.open(new ByteArrayInputStream(realManifest), binding(manifest))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Asserts that a manifest that says something else is refused. */
    void assertManifestRefused(String real, String forged) throws Exception {
        String json = json();
        if (!json.contains(real)) {
            throw new AssertionError("no " + real + " in " + json);
        }
        byte[] bytes = json.replace(real, forged).getBytes(StandardCharsets.UTF_8);
        bench.assertRefusedWith(manifest, realManifest, sealed(manifest, bytes), forged + " for " + real);
    }

    /** Asserts that a chunk is refused that inflates to something else, with a manifest that tells its hashes. */
    void assertChunkRefused(String what, byte[] compressed) throws Exception {
        byte[] forged = sealed(chunk, compressed);
        String json = json().replaceAll("\"cipherBytes\":" + realChunk.length, "\"cipherBytes\":" + forged.length)
                .replace(sha256(realChunk), sha256(forged));
        bench.replace(manifest, sealed(manifest, json.getBytes(StandardCharsets.UTF_8)));
        bench.assertRefusedWith(chunk, realChunk, forged, what);
        bench.replace(manifest, realManifest);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
