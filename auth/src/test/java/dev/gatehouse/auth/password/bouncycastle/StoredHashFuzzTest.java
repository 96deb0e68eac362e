// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.auth.password.LegacyHashes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

final class StoredHashFuzzTest {

    private static final List<LegacyHashes> FORMATS =
            List.of(BouncyCastleHashes.bcrypt(4), BouncyCastleHashes.scrypt(10));
    private static final byte[] PASSWORD = "never the right one".getBytes(StandardCharsets.US_ASCII);

    static Stream<byte[]> hashes() {
        return dev.gatehouse.auth.password.Seeds.of(
                60,
                "$2a$04$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkY8jIucDrjc8deX1s.",
                "$scrypt$ln=10,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                "$a0801$+vv8/f7/AAECAwQFBgcICQ==$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU=");
    }

    /** Whatever is stored, a check neither throws nor matches. */
    @MethodSource("hashes")
    @FuzzTest(maxDuration = "60s")
    void neverThrowsAndNeverMatches(byte[] data) {
        String stored = new String(data, StandardCharsets.UTF_8);
        for (LegacyHashes format : FORMATS) {
            assertThat(format.verify(PASSWORD, stored)).isFalse();
        }
    }
}
