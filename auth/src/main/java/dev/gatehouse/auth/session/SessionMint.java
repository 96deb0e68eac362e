// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.util.Base64;

/**
 * Makes a session's tokens from its lineage and the application's key (HMAC-SHA-256). The same lineage gives the same
 * tokens on every instance and after a restart, and a copy of the database without the key gives none. Thread-safe.
 */
public final class SessionMint {

    private final KeyedHash key;
    private final Tokens tokens;

    /** A mint whose key is derived from {@code root}. */
    public SessionMint(Secret root, Tokens tokens) {
        this.key = new KeyedHash(root, "session");
        this.tokens = tokens;
    }

    /** A fresh public ID. */
    String id() {
        return tokens.id();
    }

    /** Tokens of a fresh lineage: nothing that was known before leads to them. */
    public Minted fresh(String id) {
        return of(id, Lineage.of(tokens.issue().token()));
    }

    /** The tokens of this lineage. */
    Minted of(String id, Lineage lineage) {
        Secret session = Secret.of(mac("session", id, lineage.seed(), lineage.generation()));
        String mac = mac("refresh", id, lineage.seed(), lineage.generation());
        Secret refresh = new RefreshToken(id, lineage.generation(), Secret.of(mac)).text();
        return new Minted(TokenHash.of(session).orElseThrow(), lineage, new SessionTokens(session, refresh));
    }

    /** Whether this token was made from this seed, whatever its generation. Takes the same time whatever differs. */
    boolean made(RefreshToken token, Secret seed) {
        return Secret.of(mac("refresh", token.id(), seed, token.generation())).equals(token.mac());
    }

    private String mac(String use, String id, Secret seed, long generation) {
        byte[] mac = key.of(use, id, seed.reveal(), Long.toString(generation));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /**
     * A session's tokens, and what is kept of them.
     *
     * @param hash of the session token
     * @param lineage what they were made from
     * @param tokens for their owner, once
     */
    public record Minted(TokenHash hash, Lineage lineage, SessionTokens tokens) {}
}
