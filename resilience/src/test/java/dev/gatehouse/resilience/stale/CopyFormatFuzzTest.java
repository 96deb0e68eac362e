// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in the file, with a checksum that fits: it is read, or refused with a reason. */
class CopyFormatFuzzTest {

    private static final CopyFormat FORMAT = new CopyFormat("search", 1);

    static Stream<byte[]> copies() {
        byte[] none = FORMAT.write(List.of(), 4_096).bytes;
        byte[] some = FORMAT.write(
                        List.of(entry("shoes", "[\"a\",\"b\"]"), entry("", ""), entry("hüte", "x".repeat(100))), 4_096)
                .bytes;
        Random random = new Random(1);
        return Stream.of(none, some)
                .flatMap(copy -> Stream.concat(
                        Stream.of(copy),
                        Stream.generate(() -> broken(copy, random)).limit(150)));
    }

    private static CopyFormat.Entry entry(String key, String value) {
        return new CopyFormat.Entry(
                Instant.ofEpochMilli(1_700_000_000_000L),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] broken(byte[] copy, Random random) {
        byte[] bytes = copy.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    @MethodSource("copies")
    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] data) {
        read(data);
        read(sealed(data));
    }

    private static void read(byte[] data) {
        try {
            List<CopyFormat.Entry> entries = FORMAT.read(data);
            assertThat(FORMAT.read(FORMAT.write(entries, Integer.MAX_VALUE).bytes))
                    .hasSameSizeAs(entries);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** The same with a checksum that fits, as a file has that somebody made on purpose. */
    private static byte[] sealed(byte[] data) {
        byte[] bytes = Arrays.copyOf(data, Math.max(data.length, 12));
        ByteBuffer.wrap(bytes).put("GHSTALE\1".getBytes(StandardCharsets.ISO_8859_1));
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes, bytes.length - 4, 4).putInt((int) checksum.getValue());
        return bytes;
    }
}
