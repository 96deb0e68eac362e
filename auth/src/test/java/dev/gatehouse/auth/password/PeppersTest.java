// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.password.LegacyHashes.Prf;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class PeppersTest {

    private static final Secret PASSWORD = Secret.of("a right long password");
    private static final Secret OLD = Secret.of("an old key of thirty-two bytes !");
    private static final Secret NEW = Secret.of("a new key of thirty-two bytes !!");
    private static final String DJANGO = "pbkdf2_sha256$1500$fZqtTmBcNd$euAh+WTZHnGOKJb94t3Njc7p/HqPmepGnIjjU6NryAk=";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PasswordHasher plain =
            PasswordHasher.argon2id(Argon2Parameters.insecurelyBelowTheFloor(64, 1, 1), new SecureRandom());
    private final PasswordHasher old = plain.peppered(Peppers.of("2025", OLD), meters);

    @Test
    void goIntoTheHashWithTheIdOfTheKey() {
        String stored = old.hash(PASSWORD);
        assertThat(stored).startsWith(old.prefix()).startsWith("{hmac-sha256@2025}$argon2id$");
        assertThat(old.verify(PASSWORD, stored)).isTrue();
        assertThat(old.verify(Secret.of("a wrong long password"), stored)).isFalse();
        assertThat(old.isOutdated(stored)).isFalse();
    }

    @Test
    void makeStolenHashesWorthlessWithoutTheKey() {
        String stored = old.hash(PASSWORD);
        String bare = stored.substring(stored.indexOf('$'));
        assertThat(plain.verify(PASSWORD, bare)).isFalse();
        PasswordHasher thief = plain.peppered(Peppers.of("2025", NEW), meters);
        assertThat(thief.verify(PASSWORD, stored)).isFalse();
    }

    @Test
    void rotateHashByHash() {
        String stored = old.hash(PASSWORD);
        PasswordHasher rotated = plain.peppered(Peppers.of("2026", NEW).retired("2025", OLD), meters);
        assertThat(rotated.verify(PASSWORD, stored)).isTrue();
        assertThat(rotated.isOutdated(stored)).isTrue();
        assertThat(rotated.isOutdated(rotated.hash(PASSWORD))).isFalse();
    }

    @Test
    void matchNothingUnderAKeyThatIsUnknownAndCountIt() {
        String stored = old.hash(PASSWORD);
        PasswordHasher forgetful = plain.peppered(Peppers.of("2026", NEW), meters);
        assertThat(forgetful.verify(PASSWORD, stored)).isFalse();
        assertThat(meters.counter("gatehouse.auth.pepper.unknown").count()).isEqualTo(1);
        assertThat(forgetful.verify(PASSWORD, stored.replace("2025", ".."))).isFalse();
        assertThat(forgetful.verify(PASSWORD, stored.replace("2025", "x".repeat(33))))
                .isFalse();
    }

    @Test
    void acceptHashesWithoutAKeyOnlyWhenAsked() {
        String unpeppered = plain.hash(PASSWORD);
        assertThat(old.verify(PASSWORD, unpeppered)).isFalse();
        PasswordHasher adopting = plain.peppered(Peppers.of("2025", OLD).acceptingUnpeppered(), meters);
        assertThat(adopting.verify(PASSWORD, unpeppered)).isTrue();
        assertThat(adopting.isOutdated(unpeppered)).isTrue();
    }

    @Test
    void leaveHashesOfOtherSystemsAsTheyAreInWhicheverOrderTheyAreGiven() {
        LegacyHashes django = LegacyHashes.pbkdf2(Prf.SHA256, 1_500);
        for (PasswordHasher both : new PasswordHasher[] {
            old.accepting(django), plain.accepting(django).peppered(Peppers.of("2025", OLD), meters)
        }) {
            assertThat(both.verify(Secret.of(""), DJANGO)).isTrue();
            assertThat(both.isOutdated(DJANGO)).isTrue();
            assertThat(both.verify(PASSWORD, old.hash(PASSWORD))).isTrue();
            assertThat(both.hash(PASSWORD)).startsWith("{hmac-sha256@2025}");
        }
    }

    @Test
    void areComposedBeforeTheKeyIsApplied() {
        assertThat(old.verify(Secret.of("cafe\u0301 con leche"), old.hash(Secret.of("caf\u00e9 con leche"))))
                .isTrue();
    }

    @Test
    void showNoKeyAndRefuseBadOnes() {
        assertThat(Peppers.of("2026", NEW).retired("2025", OLD).toString()).isEqualTo("Peppers[current=2026, keys=2]");
        assertThatThrownBy(() -> Peppers.of("2026", Secret.of("short")))
                .hasMessage("auth.pepper: key 2026 had 5 bytes but must have at least 32");
        assertThatThrownBy(() -> Peppers.of("Not an ID", NEW))
                .hasMessage("auth.pepper: key ID was 'Not an ID' but must be 1 to 32 of a-z0-9._-");
        assertThatThrownBy(() -> Peppers.of("2026", NEW).retired("2026", OLD))
                .hasMessage("auth.pepper: key ID 2026 is there twice");
    }
}
