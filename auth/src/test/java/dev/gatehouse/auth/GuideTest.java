// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.Peppers;
import dev.gatehouse.auth.password.bouncycastle.BouncyCastleHashes;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** What the guide shows does what it says. */
final class GuideTest {

    private static final Secret PEPPER = Secret.of("1m9Vq4cTt0yRkXw7sBzEjH5uGfDa2LnP");
    private static final Secret RETIRED = Secret.of("Zk3Jx8vQe2mLr7TzKc5WnYbH0uGdAfS9");

    @Test
    void anImportedAccountSignsInAndItsHashIsReplacedUnderTheCurrentPepper() {
        MeterRegistry meters = new SimpleMeterRegistry();
        PasswordHasher hasher = hasher(PEPPER, RETIRED, meters);
        AuthStore store = AuthStore.inMemory();
        World world = new World(store, builder -> builder.hasher(hasher).clock(new ManualTime()));
        String stored = new BCryptPasswordEncoder(10).encode(World.RIGHT.reveal());
        assertThat(imported(store, "4711", World.ANN, stored)).isTrue();
        assertThat(imported(store, "4712", World.ANN, stored)).isFalse();

        assertThat(world.auth.login(LoginAttempt.of(World.ANN, World.RIGHT))).isInstanceOf(Login.SignedIn.class);
        assertThat(store.<String>read(unit ->
                        unit.accounts().credentials(World.ANN).orElseThrow().passwordHash()))
                .startsWith("{hmac-sha256@2026}$argon2id$");
    }

    @Test
    void anIdThatNoStoreCouldKeepIsRefusedByItsRule() {
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        assertThatThrownBy(() -> imported(AuthStore.inMemory(), uuid, World.ANN, "{bcrypt}$2a$10$"))
                .hasMessage("auth.account: id was '" + uuid + "' but must be 1 to 32 characters");
    }

    private static PasswordHasher hasher(Secret pepper, Secret retired, MeterRegistry meters) {
        // region hasher
        PasswordHasher hasher = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom())
                .accepting(BouncyCastleHashes.bcrypt(10))
                .peppered(Peppers.of("2026", pepper).retired("2025", retired), meters);
        // endregion
        return hasher;
    }

    private static boolean imported(AuthStore store, String id, String address, String storedHash) {
        // region import
        EmailAddress email = EmailAddress.parse(address).orElseThrow();
        Account account = new Account(id, email.text(), Account.Status.ACTIVE, Set.of(), Instant.EPOCH);
        boolean isNew = store.transact(unit -> unit.accounts().create(account, email.key(), storedHash));
        // endregion
        return isNew;
    }
}
