// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.json.FieldError;
import java.time.Instant;
import java.util.List;

/** How the wish to act as another account ended. */
public sealed interface ImpersonationStart {

    /**
     * Begun. Hand the token to {@link SessionCookies#writeActing}.
     *
     * @param session the token of the session in which to act; there is no refresh token
     * @param until when it ends at the latest
     */
    record Begun(Secret session, Instant until) implements ImpersonationStart {}

    /**
     * Not begun: 422.
     *
     * @param errors the rules that were broken, by the fields of {@link ImpersonationRequest}
     */
    record Rejected(List<FieldError> errors) implements ImpersonationStart {
        /** Freezes the list. */
        public Rejected {
            errors = List.copyOf(errors);
        }
    }

    /** The permission is lacking, the account is one's own or holds a privileged role that one lacks, or one acts already. */
    record Forbidden() implements ImpersonationStart {}

    /** No factor was used in this session: 403 {@code /factor-required}. */
    record FactorNeeded() implements ImpersonationStart {}

    /** The sign-in is too old; sign in again first: 403 {@code /reauthenticate}. */
    record SignInTooOld() implements ImpersonationStart {}

    /** There is no such active account: 404. */
    record NoSuchAccount() implements ImpersonationStart {}

    /** The session is over: 401. */
    record SignedOut() implements ImpersonationStart {}
}
