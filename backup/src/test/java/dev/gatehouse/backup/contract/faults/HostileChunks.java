// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever has the key seals what was never made by a backup: declared sizes and names are bounds. */
interface HostileChunks extends FaultRows {

    /** What is there in a manifest, and what takes its place. */
    List<List<String>> MANIFESTS = List.of(
            List.of("\"name\":\"data.bin\"", "\"name\":\"../data.bin\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"/etc/passwd\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"..\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"a/b/c\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"a\\\\b\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"a\\u0000b\""),
            List.of("\"name\":\"data.bin\"", "\"name\":\"" + "n".repeat(200) + "\""),
            List.of("\"plainBytes\":1024", "\"plainBytes\":-1024"),
            List.of("\"plainBytes\":1024", "\"plainBytes\":9223372036854775807"),
            List.of("\"plainBytes\":1024", "\"plainBytes\":18446744073709552640"),
            List.of("\"plainBytes\":1024", "\"plainBytes\":1e400"),
            List.of("\"plainBytes\":1024", "\"plainBytes\":0"),
            List.of("\"bytes\":1100", "\"bytes\":-1"),
            List.of("\"bytes\":1100", "\"bytes\":1099511627776"),
            List.of("\"cipherBytes\":", "\"cipherBytes\":-"),
            List.of("\"artifacts\":[{", "\"artifacts\":[{\"bytes\":0,"));

    @Test
    default void refusesAManifestOfNamesAndSizesThatThereAreNot() throws Exception {
        Forger forger = new Forger(bench());
        for (List<String> forgery : MANIFESTS) {
            forger.assertManifestRefused(forgery.get(0), forgery.get(1));
        }
        bench().count("manifest with hostile names or sizes, sealed well", MANIFESTS.size(), TamperedObjects.REFUSED);
        bench().assertRestores(bench().backup);
    }

    @Test
    default void refusesAChunkThatIsMoreOrLessThanWasDeclared() throws Exception {
        Forger forger = new Forger(bench());
        Map<String, byte[]> chunks = chunks();
        for (Map.Entry<String, byte[]> chunk : chunks.entrySet()) {
            forger.assertChunkRefused(chunk.getKey(), chunk.getValue());
        }
        bench().count("decompression bomb or lying frame, sealed well", chunks.size(), TamperedObjects.REFUSED);
        bench().assertRestores(bench().backup);
    }

    private static Map<String, byte[]> chunks() throws IOException {
        byte[] first = Arrays.copyOf(FaultBench.CONTENT, FaultBench.CHUNK);
        Map<String, byte[]> chunks = new LinkedHashMap<>();
        chunks.put("a bomb of 256 MiB", Zstd.compress(new byte[256 << 20]));
        chunks.put("a byte more", Zstd.compress(Arrays.copyOf(FaultBench.CONTENT, FaultBench.CHUNK + 1)));
        chunks.put("a byte less", Zstd.compress(Arrays.copyOf(first, FaultBench.CHUNK - 1)));
        chunks.put("nothing", new byte[0]);
        chunks.put("other content of that length", Zstd.compress(new byte[FaultBench.CHUNK]));
        chunks.put("a second frame", joined(Zstd.compress(first), Zstd.compress(new byte[1])));
        chunks.put("a bomb in a second frame", joined(Zstd.compress(first), Zstd.compress(new byte[64 << 20])));
        chunks.put("a window of 128 MiB", wide(first));
        chunks.put("a frame that says it holds a tebibyte", lying(1L << 40));
        chunks.put("a frame that says it holds less than nothing", lying(-1));
        chunks.put("a frame that is cut", Arrays.copyOf(Zstd.compress(first), 40));
        chunks.put("no frame", first);
        return chunks;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A frame that a reader must give as much memory as its window says. */
    private static byte[] wide(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes)) {
            out.setLong(27);
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** A frame of one segment, whose window is as large as its content says it is; RFC 8878, section 3.1.1.1. */
    private static byte[] lying(long size) {
        return ByteBuffer.allocate(17)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xFD2FB528)
                .put((byte) 0xE0)
                .putLong(size)
                .put(new byte[] {9, 0, 0, 'x'})
                .array();
    }
}
