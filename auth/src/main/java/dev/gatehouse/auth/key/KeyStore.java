// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where API keys are kept. Each verb is atomic. Whether a row is still live is for the caller to judge. */
public interface KeyStore {

    /**
     * Keeps a new key, unless its account has {@code most} already: of any number of concurrent callers, no more than
     * that get theirs. Expired keys count until they are purged or revoked. False too when there is no such account.
     */
    boolean create(KeyRow row, int most);

    /** The key of this hash with its account, in one round trip. */
    Optional<Found> find(TokenHash hash);

    /** Notes that a key was used, unless a later use is noted already. */
    void touch(TokenHash hash, Instant usedAt);

    /** Removes one key of an account; false when it has none of this ID. */
    boolean revoke(String account, String id);

    /** Removes every key of an account, and says how many. */
    int revokeAll(String account);

    /** From now on, no key of an account counts as made with a second factor; says how many did. */
    int forgetFactor(String account);

    /** An account's keys, the newest first. */
    List<ApiKey> of(String account);

    /** Removes keys that expired before {@code expiredBy}; says how many. */
    int purge(Instant expiredBy);

    /**
     * A key and whose it is.
     *
     * @param row the key
     * @param account its account
     */
    record Found(KeyRow row, Account account) {}
}
