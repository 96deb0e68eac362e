// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.factor.FactorKind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live session and whose it is. Immutable; it holds no token.
 *
 * @param id the session's public ID, for lists and for ending it
 * @param account the account's opaque ID
 * @param email the account's address
 * @param roles the account's roles
 * @param permissions what the session may do now
 * @param withheld what the roles grant beyond that once a second factor is used in this session
 * @param factors the kinds of factor the account has enrolled
 * @param factorAt when a second factor was last used in this session, null when never
 * @param signedInAt when the password was given
 * @param expiresAt when the session ends if it is not used, and at the latest
 * @param impersonator who acts in it as the account, null when the account's owner does
 */
public record Session(
        String id,
        String account,
        String email,
        Set<String> roles,
        Set<String> permissions,
        Set<String> withheld,
        Set<FactorKind> factors,
        @Nullable Instant factorAt,
        Instant signedInAt,
        Instant expiresAt,
        @Nullable Impersonator impersonator) {

    /** Freezes the sets. */
    public Session {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        withheld = Set.copyOf(withheld);
        factors = Set.copyOf(factors);
    }

    /** The same while somebody else acts in it: what needs a factor stays out of reach. */
    public Session actedIn(Impersonator by) {
        return new Session(id, account, email, roles, permissions, Set.of(), factors, null, signedInAt, expiresAt, by);
    }

    /** Whether somebody else acts in it as the account. */
    public boolean isImpersonated() {
        return impersonator != null;
    }

    /** Whether a second factor was used in this session. */
    public boolean factorUsed() {
        return factorAt != null;
    }
}
