// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Every kind of second factor: makes them and checks them against a store. A code is used up by being right. How many
 * may be tried is for the caller to bound. Thread-safe.
 */
public final class Factors {

    /** Recovery codes that an account is given. */
    public static final int RECOVERY_CODES = 10;

    private static final int LONGEST_CODE = 64;

    private final TotpGenerators generators;
    private final RecoveryCodes recovery;
    private final List<FactorMethod> methods;

    /** Secrets are sealed and recovery codes hashed under keys derived from {@code root}. */
    public Factors(Secret root, SecureRandom random, InstantSource clock) {
        Tokens tokens = new Tokens(random);
        this.generators = new TotpGenerators(new SecretBox(root, random), tokens, clock);
        this.recovery = new RecoveryCodes(new KeyedHash(root, "recovery"), tokens);
        this.methods = List.of(generators, recovery);
    }

    /** Offers a fresh secret to {@code account} and gives it back in base32. */
    public Secret offer(FactorStore store, String account) {
        return generators.offer(store, account);
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

    /**
     * Confirms the offered secret with a code from it, and gives the account recovery codes; empty when the code is wrong
     * or nothing is on offer.
     */
    public Optional<List<Secret>> confirm(FactorStore store, String account, Secret code) {
        return code.length() <= LONGEST_CODE && generators.confirm(store, account, code)
                ? Optional.of(replaceRecoveryCodes(store, account))
                : Optional.empty();
    }

    /** Ten fresh recovery codes in place of all earlier ones. */
    public List<Secret> replaceRecoveryCodes(FactorStore store, String account) {
        return recovery.replace(store, account);
    }

    /** The kinds that the account can answer with now. */
    public List<FactorKind> kinds(FactorStore store, String account) {
        return methods.stream()
                .filter(method -> method.isEnrolled(store, account))
                .map(FactorMethod::kind)
                .toList();
    }

    /** Whether the response is right, and uses it up. */
    public boolean use(FactorStore store, FactorKind kind, FactorResponse response) {
        return response.text().length() <= LONGEST_CODE
                && methods.stream()
                        .filter(method -> method.kind() == kind)
                        .anyMatch(method -> method.use(store, response));
    }
}
