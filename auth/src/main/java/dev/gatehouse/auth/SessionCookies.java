// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Bearer;
import dev.gatehouse.http.Cookie;
import dev.gatehouse.http.Cookies;
import dev.gatehouse.http.Exchange;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes, reads and clears the cookies that carry the session's tokens and the device's. The session's live until the
 * browser closes, the device's for a year. Thread-safe.
 *
 * <p>A call with a bearer token has no cookies, neither to read nor to write: it is exempt from the check of its origin,
 * so it must never act as whoever's browser sent it, nor sign that browser in or out.
 */
public final class SessionCookies {

    private static final Duration DEVICE_LIFE = Duration.ofDays(365);
    private static final String NONE = "none";

    private final Maker maker;
    private final String sessionName;
    private final String refreshName;
    private final String deviceName;
    private final String actingName;

    private SessionCookies(Maker maker) {
        this.maker = maker;
        this.sessionName = maker.make("session", NONE).name();
        this.refreshName = maker.make("refresh", NONE).name();
        this.deviceName = maker.make("device", NONE).name();
        this.actingName = maker.make("acting", NONE).name();
    }

    /** {@code __Host-session}, {@code __Host-refresh} and {@code __Host-device}: Secure, HttpOnly, SameSite=Lax, Path=/. */
    public static SessionCookies secure() {
        return new SessionCookies(Cookie::host);
    }

    /** Cookies that plain HTTP carries too, where anyone on the way can read them. The readiness report says so. */
    public static SessionCookies insecureForLocalDevelopment() {
        return new SessionCookies(Cookie::insecureForLocalDevelopment);
    }

    /** The session's token, empty when the request carries none, and for a call with a bearer token. */
    public Optional<Secret> session(Exchange exchange) {
        return Bearer.isPresent(exchange) ? Optional.empty() : value(exchange, sessionName);
    }

    /** The refresh token, empty when the request carries none, and for a call with a bearer token. */
    public Optional<Secret> refresh(Exchange exchange) {
        return Bearer.isPresent(exchange) ? Optional.empty() : value(exchange, refreshName);
    }

    /** The device's token, empty when the request carries none. */
    public Optional<Secret> device(Exchange exchange) {
        return value(exchange, deviceName);
    }

    /** The token of the session in which the session's owner acts as another, empty when the request carries none. */
    public Optional<Secret> acting(Exchange exchange) {
        return Bearer.isPresent(exchange) ? Optional.empty() : value(exchange, actingName);
    }

    /** Sets the cookie that goes beside the session's own while its owner acts as another. */
    public void writeActing(Exchange exchange, Secret session) {
        acting(session).addTo(exchange);
    }

    /** Removes it: the next request is the session's owner's own. */
    public void clearActing(Exchange exchange) {
        acting(Secret.of(NONE)).cleared().addTo(exchange);
    }

    private static Optional<Secret> value(Exchange exchange, String name) {
        return Optional.ofNullable(Cookies.of(exchange).get(name)).map(Secret::of);
    }

    /** Sets all cookies after a sign-in. */
    public void write(Exchange exchange, Login.SignedIn signedIn) {
        write(exchange, signedIn.tokens());
        if (!Bearer.isPresent(exchange)) {
            device(signedIn.device()).addTo(exchange);
        }
    }

    /** Sets the session's cookies after its tokens were rotated. */
    public void write(Exchange exchange, SessionTokens tokens) {
        if (!Bearer.isPresent(exchange)) {
            session(tokens.session()).addTo(exchange);
            refresh(tokens.refresh()).addTo(exchange);
        }
    }

    /** Sets the device's cookie, for a device that is known without a sign-in. */
    public void writeDevice(Exchange exchange, Secret device) {
        device(device).addTo(exchange);
    }

    /** Removes the session's cookies; the device's stays, for it lets nobody in. */
    public void clear(Exchange exchange) {
        if (!Bearer.isPresent(exchange)) {
            maker.make("session", NONE).cleared().addTo(exchange);
            maker.make("refresh", NONE).cleared().addTo(exchange);
        }
    }

    Cookie session(Secret token) {
        return maker.make("session", token.reveal());
    }

    Cookie refresh(Secret token) {
        return maker.make("refresh", token.reveal());
    }

    Cookie acting(Secret token) {
        return maker.make("acting", token.reveal());
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
