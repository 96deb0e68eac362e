// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Device tokens (OWASP, "device cookies"): proof that a device signed in to an account before. It is bound to
 * the account's ID, so a change of address leaves it good. It lets nobody in; it
 * only keeps a budget of attempts apart, so that an attacker who uses up everybody else's does not lock the owner out.
 * The form is {@code 1.ID.MAC}. Stateless and thread-safe.
 */
public final class Devices {

    private static final Pattern FORM = Pattern.compile("1\\.([0-9a-f]{32})\\.([A-Za-z0-9_-]{43})");

    private final KeyedHash hash;
    private final Tokens tokens;

    /** Tokens under a key derived from {@code root}. */
    public Devices(Secret root, Tokens tokens) {
        this.hash = new KeyedHash(root, "device");
        this.tokens = tokens;
    }

    /** A token by which a new device is known to {@code account}. */
    public Secret issue(String account) {
        return token(tokens.id(), account);
    }

    /** The token by which the device of this ID is known to {@code account}. */
    public Secret token(String id, String account) {
        return Secret.of("1." + id + "." + mac(account, id));
    }

    /** The device's ID; empty when the token is not one of ours for {@code account}. */
    public Optional<String> known(Secret token, String account) {
        if (token.length() > 128) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(token.reveal());
        return parts.matches() && same(parts.group(2), mac(account, parts.group(1)))
                ? Optional.of(parts.group(1))
                : Optional.empty();
    }

    private String mac(String account, String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.of(account, id));
    }

    private static boolean same(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
