// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader takes any bytes without throwing, and what it takes the writer gives back unchanged. */
class JsonFuzzTest {

    static Stream<byte[]> documents() {
        return Stream.of(
                        "{\"a\":[1,-2.5e3,null,true,\"\\ud83d\\ude00\\n\"],\"b\":{}}",
                        "[[[[\"\\u0000\\u2028</script>\"]]]]",
                        "{\"a\":1,\"a\":2}",
                        "[9223372036854775808,1e400,1e-401]",
                        "\"\\udead\"",
                        "1e0")
                .map(json -> json.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "60s")
    void readsAnyBytes(byte[] bytes) {
        if (JsonReader.read(bytes) instanceof Parsed.Value read) {
            String written = write(read.value());
            Parsed again = JsonReader.read(written.getBytes(StandardCharsets.UTF_8));
            assertThat(again).isInstanceOf(Parsed.Value.class);
            assertThat(write(((Parsed.Value) again).value())).isEqualTo(written);
        }
    }

    @Test
    void readsManyDamagedDocuments() {
        Random random = new Random(4_627);
        documents().forEach(document -> {
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = document.clone();
                for (int damage = random.nextInt(4); damage >= 0; damage--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                readsAnyBytes(damaged);
            }
        });
    }

    private static String write(@Nullable Object value) {
        return new JsonWriter().value(value).toString();
    }
}
