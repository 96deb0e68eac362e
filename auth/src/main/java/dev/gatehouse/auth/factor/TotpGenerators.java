// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** One-time password generators: offered, confirmed, and each step of theirs used once. */
final class TotpGenerators implements FactorMethod {

    private static final Duration OFFER = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 20;

    private final SecretBox box;
    private final Tokens tokens;
    private final InstantSource clock;

    TotpGenerators(SecretBox box, Tokens tokens, InstantSource clock) {
        this.box = box;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public FactorKind kind() {
        return FactorKind.TOTP;
    }

    @Override
    public boolean isEnrolled(FactorStore store, String account) {
        return found(store, account).isEnrolled();
    }

    private static FactorStore.Generator found(FactorStore store, String account) {
        return store.generator(account).orElse(FactorStore.Generator.NONE);
    }

    /** A fresh secret in base32, on offer for ten minutes. */
    Secret offer(FactorStore store, String account) {
        byte[] secret = tokens.bytes(SECRET_BYTES);
        store.offer(account, box.seal(secret, account), clock.instant().plus(OFFER));
        return Secret.of(Base32.encode(secret));
    }

    /** Whether {@code code} is one of the offered secret, which is in use from now on. */
    boolean confirm(FactorStore store, String account, Secret code) {
        FactorStore.Generator found = found(store, account);
        String offered = found.offered();
        Instant until = found.offeredUntil();
        if (offered == null || until == null || !clock.instant().isBefore(until)) {
            return false;
        }
        OptionalLong step = match(offered, account, code);
        return step.isPresent() && store.confirm(account, offered, step.getAsLong());
    }

    @Override
    public boolean use(FactorStore store, FactorResponse response) {
        String sealed = found(store, response.account()).confirmed();
        if (sealed == null) {
            return false;
        }
        OptionalLong step = match(sealed, response.account(), response.text());
        return step.isPresent() && store.useStep(response.account(), step.getAsLong());
    }

    private OptionalLong match(String sealed, String account, Secret code) {
        return Totp.STANDARD.match(box.open(sealed, account), code.reveal().strip(), clock.instant());
    }
}
