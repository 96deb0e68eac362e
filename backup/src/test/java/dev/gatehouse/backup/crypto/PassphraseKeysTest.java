// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PassphraseKeysTest extends KeyProviderContract {

    private static final Secret FIRST = Secret.of("correct horse battery staple");
    private static final Secret SECOND = Secret.of("wrong donkey accumulator nail");

    @Override
    KeyProvider provider() {
        return KeyProvider.passphrase(FIRST, new SecureRandom());
    }

    @Override
    KeyProvider rotated() {
        return KeyProvider.passphrase(SECOND, new SecureRandom(), FIRST);
    }

    @Override
    KeyProvider withoutTheFirst() {
        return KeyProvider.passphrase(SECOND, new SecureRandom());
    }

    @Test
    void refusesAShortPassphraseWithoutTellingIt() {
        assertThatThrownBy(() -> KeyProvider.passphrase(Secret.of("hunter2 hunter2 hun"), new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("19 characters")
                .hasMessageNotContaining("hunter2");
        assertThat(provider().describe() + provider()).doesNotContain("horse");
    }

    @Test
    void goesOnWithTheSaltThatItFound() throws Exception {
        byte[] here = {1};
        byte[] wrapped = provider().wrap(new byte[32], here);
        KeyProvider later = provider();
        later.unwrap(wrapped, here);
        assertThat(Arrays.copyOf(later.wrap(new byte[32], here), 17)).isEqualTo(Arrays.copyOf(wrapped, 17));
    }

    /** RFC 9106, section 5.3, without its secret and associated data, which the library is given nowhere here. */
    @Test
    void derivesByArgon2idAsReferenceImplementationsDo() {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        argon2.generateBytes(filled(32, 1), tag);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
