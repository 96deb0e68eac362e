// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokenTest {

    private final Tokens tokens = new Tokens(new SecureRandom());

    @Test
    void areFreshAndFoundAgainByTheirHash() {
        Set<TokenHash> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Issued issued = tokens.issue();
            assertThat(issued.token().reveal()).matches("[A-Za-z0-9_-]{43}");
            assertThat(TokenHash.of(issued.token())).contains(issued.hash());
            assertThat(seen.add(issued.hash())).isTrue();
        }
    }

    @Test
    void areHashedWithSha256() {
        TokenHash hash = TokenHash.of(Secret.of("A".repeat(43))).orElseThrow();
        assertThat(HexFormat.of().formatHex(hash.bytes()))
                .isEqualTo("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
        assertThat(TokenHash.stored(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(hash).hasToString("TokenHash[0f007385]");
    }

    @Test
    void areRefusedUnlessShapedLikeOurs() {
        for (String text :
                new String[] {"", "A".repeat(42), "A".repeat(44), "A".repeat(42) + "=", "A".repeat(42) + "+"}) {
            assertThat(TokenHash.of(Secret.of(text))).isEmpty();
        }
        assertThatThrownBy(() -> TokenHash.stored(new byte[31])).hasMessageContaining("31 bytes");
    }

    @Test
    void keyedHashesDependOnKeyPurposeAndWhereThePartsEnd() {
        Secret root = Secret.of("r".repeat(32));
        KeyedHash hash = new KeyedHash(root, "one");
        assertThat(hash.hex("ab", "c"))
                .isEqualTo(new KeyedHash(root, "one").hex("ab", "c"))
                .isNotEqualTo(hash.hex("a", "bc"))
                .isNotEqualTo(new KeyedHash(root, "two").hex("ab", "c"))
                .isNotEqualTo(new KeyedHash(Secret.of("s".repeat(32)), "one").hex("ab", "c"));
    }
}
