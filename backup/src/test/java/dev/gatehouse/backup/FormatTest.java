// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second reader of the stored format, written from docs/backup-format.md with the JDK's own cryptography and none of
 * the code under test.
 */
class FormatTest {

    private static final int SEGMENT = 16_384;
    private static final int TAG = 16;
    private static final int HEADER = 40;

    @TempDir
    Path folder;

    Rig rig;
    String backup;

    @BeforeEach
    void backUp() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE noise AS SELECT X id, RANDOM_UUID()::VARCHAR text FROM SYSTEM_RANGE(1, 3000)");
        rig.order(42);
        try (Backups backups = rig.builder().chunkBytes(70_000).build()) {
            backup = backups.backUp().id();
            assertThat(backups.drill(Optional.of(backup)).succeeded()).isTrue();
            backups.restore(backup, folder.resolve("restored"));
        }
    }

    @Test
    void isReadByWhoeverReadTheSpecification() throws Exception {
        byte[] key = dataKey();
        Map<?, ?> manifest = object(open(key, "v1/shop/manifests/00000000000000000001-" + backup + ".json.aead"));
        assertThat(manifest.get("backup")).isEqualTo(backup);
        assertThat(manifest.get("sequence")).isEqualTo(1L);
        assertThat(list(manifest, "previous")).isEmpty();
        assertThat(list(manifest, "facts"))
                .anyMatch(fact -> fact.equals(Map.of("name", "invariant money", "value", "1000")));

        Map<?, ?> artifact = (Map<?, ?>) list(manifest, "artifacts").get(0);
        byte[] file = artifact(key, artifact);
        assertThat(file).isEqualTo(Files.readAllBytes(folder.resolve("restored").resolve("database.mv.db")));
    }

    private byte[] artifact(byte[] key, Map<?, ?> artifact) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<?> chunks = list(artifact, "chunks");
        assertThat(chunks).hasSizeGreaterThan(1);
        for (int i = 0; i < chunks.size(); i++) {
            String name = "v1/shop/data/" + backup + "/" + artifact.get("name") + "." + i + ".zst.aead";
            Map<?, ?> chunk = (Map<?, ?>) chunks.get(i);
            assertThat(HexFormat.of().formatHex(sha256(stored(name)))).isEqualTo(chunk.get("cipherSha256"));
            byte[] plain = new ZstdInputStream(new ByteArrayInputStream(open(key, name))).readAllBytes();
            assertThat(HexFormat.of().formatHex(sha256(plain))).isEqualTo(chunk.get("plainSha256"));
            file.write(plain);
        }
        return file.toByteArray();
    }

    @Test
    void provesADrillToWhoeverReadTheSpecification() throws Exception {
        Path proof = rig.stored().stream()
                .filter(file -> file.toString().contains("/proofs/"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(proof);
        byte[] body = Arrays.copyOf(bytes, bytes.length - 74);
        String tail = new String(bytes, body.length, 74, StandardCharsets.US_ASCII);
        String name = rig.storeFolder.relativize(proof).toString();

        byte[] macKey = hkdf(dataKey(), "gatehouse-backup/1 mac".getBytes(StandardCharsets.US_ASCII), binding(name));
        assertThat(tail).isEqualTo(",\"mac\":\"" + HexFormat.of().formatHex(hmac(macKey, body)) + "\"}");
        assertThat(object(bytes).get("backup")).isEqualTo(backup);
    }

    /** The envelope is opened by hand; the key inside by the provider, whose own format the specification leaves to it. */
    private byte[] dataKey() throws Exception {
        String name = "v1/keys/" + backup + ".wrapped";
        byte[] envelope = stored(name);
        int end = envelope.length - 32;
        assertThat(new String(envelope, 0, 7, StandardCharsets.US_ASCII)).isEqualTo("GHKEY1\n");
        assertThat(sha256(Arrays.copyOf(envelope, end))).isEqualTo(Arrays.copyOfRange(envelope, end, envelope.length));
        return KeyProvider.file(folder.resolve("keys").resolve("backup.key"))
                .unwrap(Arrays.copyOfRange(envelope, 7, end), binding(name));
    }

    private byte[] open(byte[] key, String name) throws Exception {
        byte[] sealed = stored(name);
        assertThat(sealed[0]).isEqualTo((byte) HEADER);
        byte[] salt = Arrays.copyOfRange(sealed, 1, 33);
        byte[] prefix = Arrays.copyOfRange(sealed, 33, HEADER);
        SecretKeySpec streamKey = new SecretKeySpec(hkdf(key, salt, binding(name)), "AES");
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int number = 0;
        for (int at = HEADER; at < sealed.length; number++) {
            int end = Math.min(sealed.length, (number + 1) * SEGMENT);
            assertThat(end - at).isGreaterThanOrEqualTo(TAG);
            byte[] nonce = ByteBuffer.allocate(12)
                    .put(prefix)
                    .putInt(number)
                    .put((byte) (end == sealed.length ? 1 : 0))
                    .array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, streamKey, new GCMParameterSpec(128, nonce));
            plain.write(cipher.doFinal(sealed, at, end - at));
            at = end;
        }
        return plain.toByteArray();
    }

    private byte[] binding(String name) throws IOException {
        String identity = new String(stored("v1/store.json"), StandardCharsets.US_ASCII);
        assertThat(identity).matches("\\{\"format\":\"gatehouse-backup\",\"version\":1,\"store\":\"[0-9a-f]{32}\"}\n");
        String store = identity.substring(identity.length() - 35, identity.length() - 3);
        return ("gatehouse-backup/1\n" + store + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] stored(String name) throws IOException {
        return Files.readAllBytes(rig.storeFolder.resolve(name));
    }

    private static Map<?, ?> object(byte[] json) {
        assertThat(JsonReader.read(json)).isInstanceOf(Parsed.Value.class);
        return (Map<?, ?>) Objects.requireNonNull(((Parsed.Value) JsonReader.read(json)).value());
    }

    private static List<?> list(Map<?, ?> object, String name) {
        return (List<?>) Objects.requireNonNull(object.get(name));
    }

    /** RFC 5869 with SHA-256, 32 bytes: one block. */
    private static byte[] hkdf(byte[] key, byte[] salt, byte[] info) throws GeneralSecurityException {
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(hmac(salt, key), block);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
