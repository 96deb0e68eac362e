// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class CodeFuzzTest {

    private static final String ANN = "ann";
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Factors FACTORS =
            new Factors(Secret.of("0123456789abcdef0123456789abcdef"), new SecureRandom(), NOW);
    private static final AuthStore STORE = AuthStore.inMemory();
    private static final String RECOVERY = enrol();

    private static String enrol() {
        return STORE.transact(unit -> {
            Account ann = new Account(ANN, "ann@example.org", Account.Status.ACTIVE, Set.of(), NOW.instant());
            unit.accounts().create(ann, ann.email(), "hash");
            Secret secret = FACTORS.offer(unit.factors(), ANN);
            return FACTORS.confirm(unit.factors(), ANN, Secret.of(Codes.at(secret, NOW.instant())))
                    .orElseThrow()
                    .get(0)
                    .reveal();
        });
    }

    /** What people type, and each of it broken in two hundred ways, the same at every run. */
    static Stream<byte[]> codes() {
        Random random = new Random(3);
        return Stream.of("123456", " 123 456 ", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX", "\u0661\u0662\u0663\u0664\u0665\u0666")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return bytes;
    }

    /** Whatever is typed, judging it does not throw, and lets nobody in; the code of enrolling is used up. */
    @MethodSource("codes")
    @FuzzTest(maxDuration = "60s")
    void takesNothingButACode(byte[] data) {
        Secret typed = Secret.of(data);
        FactorResponse response = new FactorResponse(ANN, TokenHash.stored(new byte[32]), typed);
        boolean used = STORE.transact(unit -> FACTORS.use(unit.factors(), FactorKind.spelled(typed), response));
        assertThat(used).isEqualTo(typed.reveal().equals(RECOVERY));
    }
}
