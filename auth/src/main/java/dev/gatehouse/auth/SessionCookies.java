// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Cookie;
import dev.gatehouse.http.Cookies;
import dev.gatehouse.http.Exchange;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes, reads and clears the cookies that carry the session's and the device's tokens. The session's lives until the
 * browser closes, the device's for a year. Thread-safe.
 */
public final class SessionCookies {

    private static final Duration DEVICE_LIFE = Duration.ofDays(365);
    private static final String NONE = "none";

    private final Maker maker;
    private final String sessionName;
    private final String deviceName;

    private SessionCookies(Maker maker) {
        this.maker = maker;
        this.sessionName = maker.make("session", NONE).name();
        this.deviceName = maker.make("device", NONE).name();
    }

    /** {@code __Host-session} and {@code __Host-device}: Secure, HttpOnly, SameSite=Lax, Path=/. */
    public static SessionCookies secure() {
        return new SessionCookies(Cookie::host);
    }

    /** Cookies that plain HTTP carries too, where anyone on the way can read them. The readiness report says so. */
    public static SessionCookies insecureForLocalDevelopment() {
        return new SessionCookies(Cookie::insecureForLocalDevelopment);
    }

    /**
     * The session's token, empty when the request carries none. A call with a bearer token has none either: it is exempt
     * from the check of its origin, so it must never act as whoever's browser sent it.
     */
    public Optional<Secret> session(Exchange exchange) {
        return isBearer(exchange) ? Optional.empty() : value(exchange, sessionName);
    }

    private static boolean isBearer(Exchange exchange) {
        String credentials = exchange.header("Authorization");
        return credentials != null && credentials.regionMatches(true, 0, "Bearer ", 0, 7);
    }

    /** The device's token, empty when the request carries none. */
    public Optional<Secret> device(Exchange exchange) {
        return value(exchange, deviceName);
    }

    private static Optional<Secret> value(Exchange exchange, String name) {
        return Optional.ofNullable(Cookies.of(exchange).get(name)).map(Secret::of);
    }

    /** Sets both cookies after a sign-in. */
    public void write(Exchange exchange, Login.SignedIn signedIn) {
        writeSession(exchange, signedIn.session());
        device(signedIn.device()).addTo(exchange);
    }

    /** Sets the session's cookie after its token was rotated. */
    public void writeSession(Exchange exchange, Secret session) {
        session(session).addTo(exchange);
    }

    /** Removes the session's cookie; the device's stays, for it lets nobody in. */
    public void clear(Exchange exchange) {
        maker.make("session", NONE).cleared().addTo(exchange);
    }

    Cookie session(Secret token) {
        return maker.make("session", token.reveal());
    }

    Cookie device(Secret token) {
        return maker.make("device", token.reveal()).maxAge(DEVICE_LIFE);
    }

    /** Makes a cookie of a name and a value. */
    @FunctionalInterface
    private interface Maker {
        Cookie make(String name, String value);
    }
}
