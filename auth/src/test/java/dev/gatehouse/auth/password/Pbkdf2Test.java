// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.password.LegacyHashes.Prf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by Python's hashlib. */
final class Pbkdf2Test {

    private static final String TYPED = "correct horse battery stäple";
    private static final String SOUND =
            "$pbkdf2-sha256$i=1500,l=32$+vv8/f7/AAECAwQFBgcICQ$AOVdgew3Ka75TVKWiNkgGL5daOvrHZl2dnxHlTRr+E8";

    private static boolean verify(Prf prf, int dearest, String password, String stored) {
        return LegacyHashes.pbkdf2(prf, dearest).verify(password.getBytes(StandardCharsets.UTF_8), stored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "SHA256 pbkdf2_sha256$1500$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "SHA1 pbkdf2_sha1$1500$fZqtTmBcNd$v1SkU5P864ewOfiZHDcHsl70TfQ=",
                "SHA256 " + SOUND,
                "SHA256 $pbkdf2-sha256$1500$.vv8/f7/AAECAwQFBgcICQ$AOVdgew3Ka75TVKWiNkgGL5daOvrHZl2dnxHlTRr.E8",
                "SHA512 $pbkdf2-sha512$1500$.vv8/f7/AAECAwQFBgcICQ$vKvI/3DtTkpRZ0qO30YUepjECBP/oizIoy2mu43Yn5ujpaRbOD3"
                        + "FurtbXNAsF4QAoe2tCQQK3FwTUFutU2hS3Q",
                "SHA1 $pbkdf2$1500$.vv8/f7/AAECAwQFBgcICQ$Z8OyJU2D9Znxi3xl5d834p8PYYY"
            })
    void verifiesEachSpellingByItsFunctionOnly(Prf prf, String stored) {
        assertThat(verify(prf, 1_500, TYPED, stored)).isTrue();
        assertThat(verify(prf, 2_000, TYPED, stored))
                .as("cheaper than the dearest")
                .isTrue();
        assertThat(verify(prf, 1_499, TYPED, stored)).as("too dear").isFalse();
        assertThat(verify(prf, 1_500, TYPED + " ", stored)).isFalse();
        Prf other = prf == Prf.SHA512 ? Prf.SHA1 : Prf.SHA512;
        assertThat(verify(other, 1_500, TYPED, stored)).isFalse();
    }

    @Test
    void verifiesAnEmptyPasswordAgainstItsOwnHashOnly() {
        String stored = "pbkdf2_sha256$1500$fZqtTmBcNd$euAh+WTZHnGOKJb94t3Njc7p/HqPmepGnIjjU6NryAk=";
        assertThat(verify(Prf.SHA256, 1_500, "", stored)).isTrue();
        assertThat(verify(Prf.SHA256, 1_500, "", SOUND)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "pbkdf2_sha256$1500$$",
                "pbkdf2_sha256$1500$salt$",
                "pbkdf2_sha256$0$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "pbkdf2_sha256$-1500$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "pbkdf2_sha256$99999999999$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "pbkdf2_sha256$1500$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsx",
                "pbkdf2_md5$1500$fZqtTmBcNd$PPJwJcM+eE+9avh2y9eOsxdrELSuK31tT+Smj4x6u6g=",
                "$pbkdf2-sha256$i=1500,l=32$+vv8/f7/AAECAwQFBgcICQ$AOVd",
                "0123456789abcdef"
            })
    void matchesNothingMalformed(String stored) {
        assertThat(Pbkdf2Hash.parse(stored)).isEmpty();
        assertThat(verify(Prf.SHA256, 1_500, "", stored)).isFalse();
        assertThat(verify(Prf.SHA256, 1_500, TYPED, stored)).isFalse();
    }

    @Test
    void refusesSenselessBounds() {
        assertThatThrownBy(() -> LegacyHashes.pbkdf2(Prf.SHA256, 999))
                .hasMessage("auth.pbkdf2: iterations was 999 but must be 1000 to 10000000");
    }
}
