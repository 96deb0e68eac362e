// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

final class PhcStringFuzzTest {

    private static final String REST = "$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    static Stream<byte[]> hashes() {
        return Seeds.of(
                150,
                "$argon2id$v=19$m=19456,t=2,p=1" + REST,
                "$argon2i$v=19$m=4096,t=10,p=16" + REST,
                "{argon2@SpringSecurity_v5_8}$argon2d$v=19$m=262144,t=1,p=8" + REST,
                "pbkdf2_sha256$260000$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "$pbkdf2-sha512$i=210000,l=64$+vv8/f7/AAECAwQFBgcICQ$AOVdgew3Ka75TVKWiNkgGL5daOvrHZl2dnxHlTRr+E8",
                "{pbkdf2@SpringSecurity_v5_8}" + "0123456789abcdef".repeat(6));
    }

    /** Whatever is stored, parsing neither throws nor lets a cost beyond the bounds through. */
    @MethodSource("hashes")
    @FuzzTest(maxDuration = "60s")
    void neverThrowsAndBoundsTheCost(byte[] data) {
        String stored = SpringId.strip(new String(data, StandardCharsets.UTF_8));
        PhcString.parse(stored).ifPresent(phc -> {
            assertThat(phc.cost().memoryKib()).isBetween(8, Argon2Parameters.MAX_MEMORY_KIB);
            assertThat(phc.cost().iterations()).isBetween(1, Argon2Parameters.MAX_ITERATIONS);
            assertThat(phc.cost().parallelism()).isBetween(1, Argon2Parameters.MAX_PARALLELISM);
            assertThat(phc.salt()).hasSizeBetween(8, 64);
            assertThat(phc.tag()).hasSizeBetween(16, 64);
        });
        Pbkdf2Hash.parse(stored).ifPresent(hash -> {
            assertThat(hash.iterations()).isBetween(100, 99_999_999);
            assertThat(hash.salt()).isNotEmpty();
            assertThat(hash.tag()).hasSizeBetween(16, 66);
        });
    }
}
