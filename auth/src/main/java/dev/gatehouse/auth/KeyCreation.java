// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.config.Secret;
import dev.gatehouse.json.FieldError;
import java.util.List;

/** How making an API key ended. */
public sealed interface KeyCreation {

    /**
     * Made.
     *
     * @param key what lists will show of it
     * @param secret the key itself: show it now, for it cannot be shown again
     */
    record Created(ApiKey key, Secret secret) implements KeyCreation {}

    /**
     * Not made: 422.
     *
     * @param errors the rules that were broken, by the fields of {@link KeyRequest}
     */
    record Rejected(List<FieldError> errors) implements KeyCreation {
        /** Freezes the list. */
        public Rejected {
            errors = List.copyOf(errors);
        }
    }

    /** The sign-in is too old, or somebody else's; sign in again first: 403 {@code /reauthenticate}. */
    record SignInTooOld() implements KeyCreation {}

    /** The account has privileges that need a factor, and none was used in this session: 403 {@code /factor-required}. */
    record FactorNeeded() implements KeyCreation {}

    /** The session is over: 401. */
    record SignedOut() implements KeyCreation {}
}
