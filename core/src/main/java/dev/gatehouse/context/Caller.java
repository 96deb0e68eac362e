// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling: an account, by what it proved that, and who is really behind it. Immutable. The parts are read on
 * every request, hence null where absent and not an Optional.
 *
 * @param account the opaque ID of the account whose rights and data the request acts on
 * @param session the public ID of the session that was used, null when another means was
 * @param key the public ID of the API key that was used, null when none was
 * @param impersonator the opaque ID of the account that acts as {@code account}, null unless somebody does
 */
public record Caller(
        String account,
        @Nullable String session,
        @Nullable String key,
        @Nullable String impersonator) {

    /** Refuses an account without an ID, which would be everybody's. */
    public Caller {
        if (account.isEmpty()) {
            throw new IllegalArgumentException("caller: account was empty but must be an account's ID");
        }
    }

    /** An account by means that nobody named. */
    public static Caller account(String account) {
        return new Caller(account, null, null, null);
    }

    /** An account by a session. */
    public static Caller session(String account, String session) {
        return new Caller(account, session, null, null);
    }

    /** An account by an API key. */
    public static Caller key(String account, String key) {
        return new Caller(account, null, key, null);
    }

    /** The same while {@code actor} acts as the account. */
    public Caller impersonatedBy(String actor) {
        return new Caller(account, session, key, actor);
    }
}
