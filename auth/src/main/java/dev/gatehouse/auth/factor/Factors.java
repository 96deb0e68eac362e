// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One-time passwords and recovery codes: makes them and checks them against a store. A code is used up by being right.
 * How many may be tried is for the caller to bound. Thread-safe.
 */
public final class Factors {

    /** Recovery codes that an account is given. */
    public static final int RECOVERY_CODES = 10;

    private static final Duration OFFER = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_BYTES = 15;
    private static final int LONGEST_CODE = 64;

    private final SecretBox box;
    private final KeyedHash recovery;
    private final Tokens tokens;
    private final InstantSource clock;

    /** Secrets are sealed and recovery codes hashed under keys derived from {@code root}. */
    public Factors(Secret root, SecureRandom random, InstantSource clock) {
        this.box = new SecretBox(root, random);
        this.recovery = new KeyedHash(root, "recovery");
        this.tokens = new Tokens(random);
        this.clock = clock;
    }

    /** Offers a fresh secret to {@code account} and gives it back in base32. */
    public Secret offer(FactorStore store, String account) {
        byte[] secret = tokens.bytes(SECRET_BYTES);
        store.offer(account, box.seal(secret, account), clock.instant().plus(OFFER));
        return Secret.of(Base32.encode(secret));
    }

    /** The {@code otpauth:} URI that generator apps read from a QR code. */
    public static Secret uri(String service, String email, Secret base32) {
        String label = escaped(service) + ":" + escaped(email);
        return Secret.of("otpauth://totp/" + label + "?secret=" + base32.reveal() + "&issuer=" + escaped(service)
                + "&algorithm=SHA1&digits=6&period=30");
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Confirms the offered secret with a code from it; empty when the code is wrong or nothing is on offer. */
    public Optional<List<Secret>> confirm(FactorStore store, String account, Secret code) {
        String offered = offered(store, account);
        if (offered.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong step = match(offered, account, code);
        return step.isPresent() && store.confirm(account, offered, step.getAsLong())
                ? Optional.of(freshRecoveryCodes(store, account))
                : Optional.empty();
    }

    private String offered(FactorStore store, String account) {
        FactorStore.Generator found = store.generator(account).orElse(FactorStore.Generator.NONE);
        boolean live = found.offeredUntil() != null && clock.instant().isBefore(found.offeredUntil());
        return live && found.offered() != null ? found.offered() : "";
    }

    /** Whether {@code code} is right, and uses it up. */
    public boolean use(FactorStore store, String account, FactorKind kind, Secret code) {
        return code.length() <= LONGEST_CODE
                && (kind == FactorKind.TOTP ? useTotp(store, account, code) : useRecovery(store, account, code));
    }

    private boolean useTotp(FactorStore store, String account, Secret code) {
        FactorStore.Generator found = store.generator(account).orElse(FactorStore.Generator.NONE);
        String sealed = found.confirmed();
        if (sealed == null) {
            return false;
        }
        OptionalLong step = match(sealed, account, code);
        return step.isPresent() && store.useStep(account, step.getAsLong());
    }

    private OptionalLong match(String sealed, String account, Secret code) {
        return code.length() <= LONGEST_CODE
                ? Totp.STANDARD.match(box.open(sealed, account), code.reveal().strip(), clock.instant())
                : OptionalLong.empty();
    }

    private boolean useRecovery(FactorStore store, String account, Secret code) {
        return Base32.canonical(code.reveal())
                .map(canonical -> store.useRecoveryCode(account, recovery.hex(account, canonical)))
                .orElse(false);
    }

    private List<Secret> freshRecoveryCodes(FactorStore store, String account) {
        List<String> codes = Stream.generate(() -> Base32.encode(tokens.bytes(RECOVERY_BYTES)))
                .limit(RECOVERY_CODES)
                .toList();
        store.replaceRecoveryCodes(
                account, codes.stream().map(code -> recovery.hex(account, code)).toList());
        return codes.stream().map(code -> Secret.of(grouped(code))).toList();
    }

    /** In groups of four, as people copy them. */
    private static String grouped(String code) {
        return String.join("-", code.split("(?<=\\G.{4})"));
    }
}
