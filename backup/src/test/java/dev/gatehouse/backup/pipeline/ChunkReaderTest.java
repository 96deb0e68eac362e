// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chunk says it holds is not believed beyond what the manifest declares of it. */
class ChunkReaderTest {

    private static final String BACKUP = "b".repeat(32);
    private static final int DECLARED = 1_000;

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    Vault vault;
    DataKey key;

    @BeforeEach
    void open() throws IOException {
        KeyProvider keys = KeyProvider.file(folder.resolve("backup.key"));
        vault = new Vault(store, keys, new SecureRandom(), new Layout("shop"));
        key = vault.createKey(BACKUP);
    }

    private void read(byte[] content) throws Exception {
        ObjectName name = vault.layout().chunk(BACKUP, "one", 0);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = key.seal(sealed, vault.binding(name))) {
            out.write(Zstd.compress(content));
        }
        store.objects.put(name.value(), sealed.toByteArray());
        Chunk chunk = new Chunk(
                DECLARED,
                Tally.sha256Hex(Arrays.copyOf(content, DECLARED)),
                sealed.size(),
                Tally.sha256Hex(sealed.toByteArray()));
        new ChunkReader(vault, key, BACKUP).read(new Artifact("one", DECLARED, List.of(chunk)), 0, written);
    }

    @Test
    void givesWhatWasDeclared() throws Exception {
        read(new byte[DECLARED]);
        assertThat(written.toByteArray()).isEqualTo(new byte[DECLARED]);
    }

    @Test
    void followsABombNoFurtherThanOneByteBeyondWhatWasDeclared() {
        assertThatThrownBy(() -> read(new byte[64 << 20])).isInstanceOf(BackupException.Damaged.class);
        assertThat(written.size()).isLessThanOrEqualTo(DECLARED + 1);
    }
}
