// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Exchange;
import java.util.Optional;

/** Writes, reads and clears the cookies that carry the session's and the device's tokens. Thread-safe. */
public final class SessionCookies {

    private SessionCookies() {}

    /** {@code __Host-session} and {@code __Host-device}: Secure, HttpOnly, SameSite=Lax, Path=/. */
    public static SessionCookies secure() {
        return new SessionCookies();
    }

    /** The session's token, empty when the request carries none. */
    public Optional<Secret> session(Exchange exchange) {
        return Unfinished.yet();
    }

    /** The device's token, empty when the request carries none. */
    public Optional<Secret> device(Exchange exchange) {
        return Unfinished.yet();
    }

    /** Sets both cookies after a sign-in. */
    public void write(Exchange exchange, Login.SignedIn signedIn) {
        Unfinished.yet();
    }

    /** Sets the session's cookie after its token was rotated. */
    public void writeSession(Exchange exchange, Secret session) {
        Unfinished.yet();
    }

    /** Removes the session's cookie; the device's stays. */
    public void clear(Exchange exchange) {
        Unfinished.yet();
    }
}
