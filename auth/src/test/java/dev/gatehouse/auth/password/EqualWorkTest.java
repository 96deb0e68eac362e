// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.password.Argon2.Cost;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is stored, and whatever is typed, a check fills as much memory as a new hash does. */
final class EqualWorkTest {

    private static final String REST = "$AAECAwQFBgcICQoLDA0ODw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final Secret PASSWORD = Secret.of("a right long password");

    private final List<Cost> filled = new ArrayList<>();
    private final PasswordHasher hasher = PasswordHasher.argon2id(
            (cost, password, salt, length) -> {
                filled.add(cost);
                return new byte[length];
            },
            Argon2Parameters.DEFAULT,
            new SecureRandom());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "{noop}a right long password",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2id$v=19$m=4194304,t=2,p=1" + REST,
                "$argon2id$v=16$m=19456,t=2,p=1" + REST,
                "$argon2id$v=19$m=19456,t=2,p=1" + REST,
                "$argon2id$v=19$m=16384,t=2,p=1" + REST,
                "$argon2id$v=19$m=7168,t=5,p=1" + REST,
                "$argon2i$v=19$m=4096,t=3,p=1" + REST,
                "{argon2}$argon2d$v=19$m=65536,t=1,p=1$" + "AAECAwQFBgcICQoLDA0ODw$" + "AAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isDoneForAnythingStored(String stored) {
        hasher.verify(PASSWORD, stored);
        assertThat(filled.stream().mapToLong(Cost::work).sum()).isBetween(2L * 19_456 - 2, 2L * 19_456);
    }

    @Test
    void isDoneForUnknownPepperKeysAndForHashesWithoutOne() {
        PasswordHasher peppered =
                hasher.peppered(Peppers.of("k1", Secret.of("0".repeat(32))), new SimpleMeterRegistry());
        for (String envelope : List.of("{hmac-sha256@k1}", "{hmac-sha256@gone}", "")) {
            filled.clear();
            peppered.verify(PASSWORD, envelope + "$argon2id$v=19$m=19456,t=2,p=1" + REST);
            assertThat(filled).containsExactly(Argon2Parameters.DEFAULT.cost());
        }
    }

    @Test
    void isDoneByEachFormatOfOtherSystemsOnce() {
        List<String> seen = new ArrayList<>();
        PasswordHasher importing = hasher.accepting(recording(seen, "a"), recording(seen, "b"));
        for (String stored : List.of("a", "b", "", "{bcrypt}a", "{noop}a", "a".repeat(1_000_000))) {
            importing.verify(PASSWORD, stored);
        }
        assertThat(filled).hasSize(6).containsOnly(Argon2Parameters.DEFAULT.cost());
        assertThat(seen)
                .containsExactly(
                        "a:a", "b:a", "a:b", "b:b", "a:", "b:", "a:a", "b:a", "a:{noop}a", "b:{noop}a", "a:", "b:");
    }

    private static LegacyHashes recording(List<String> seen, String name) {
        return new LegacyHashes() {
            @Override
            public boolean verify(byte[] password, String stored) {
                seen.add(name + ":" + stored);
                return stored.equals(name);
            }

            @Override
            public int memoryKib() {
                return 1;
            }
        };
    }
}
