// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;

/** How the start of enrolling a one-time password generator ended. */
public sealed interface Enrolment {

    /**
     * Show these to the owner once, then ask for a code.
     *
     * @param secret the shared secret in base32, for typing
     * @param uri the {@code otpauth:} URI, for a QR code
     */
    record Started(Secret secret, Secret uri) implements Enrolment {}

    /** The sign-in is too old; sign in again first: 403 {@code /reauthenticate}. */
    record SignInTooOld() implements Enrolment {}

    /** Another generator is enrolled and was not used in this session: 403 {@code /factor-required}. */
    record FactorNeeded() implements Enrolment {}
}
