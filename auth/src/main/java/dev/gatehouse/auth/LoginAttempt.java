// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Exchange;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try to sign in. Immutable; printing it shows no secret.
 *
 * @param email the address as typed
 * @param password the password as typed
 * @param device the value of the device cookie, null when there was none
 * @param replaced the session cookie's value, null when there was none; that session ends when this one begins
 * @param client the client in a few words for the list of sessions, such as the User-Agent; cut at 200 characters
 * @param address where it comes from, null when that is not known; it is only for signals of stuffing
 */
public record LoginAttempt(
        String email,
        Secret password,
        @Nullable Secret device,
        @Nullable Secret replaced,
        String client,
        @Nullable InetAddress address) {

    /** A try from a device never seen; for a browser, go on with {@link #sentBy}. */
    public static LoginAttempt of(String email, Secret password) {
        return new LoginAttempt(email, password, null, null, "", null);
    }

    /**
     * A copy with everything that the request tells: the cookies of device and session, the User-Agent and the client's
     * address. Without the device's cookie an owner has no attempts that strangers cannot use up.
     */
    public LoginAttempt sentBy(Exchange exchange, SessionCookies cookies) {
        return new LoginAttempt(
                email,
                password,
                cookies.device(exchange).orElse(device),
                cookies.session(exchange).orElse(replaced),
                Optional.ofNullable(exchange.header("User-Agent")).orElse(client),
                exchange.context().client().orElse(address));
    }

    /** A copy with the device cookie's value. */
    public LoginAttempt device(Secret cookie) {
        return new LoginAttempt(email, password, cookie, replaced, client, address);
    }

    /** A copy with the client in a few words. */
    public LoginAttempt client(String words) {
        return new LoginAttempt(email, password, device, replaced, words, address);
    }

    /** A copy with the session cookie's value, so that a sign-in does not leave the old session behind. */
    public LoginAttempt replacing(Secret session) {
        return new LoginAttempt(email, password, device, session, client, address);
    }

    /** A copy with the address it comes from, as resolved behind trusted proxies. */
    public LoginAttempt from(InetAddress where) {
        return new LoginAttempt(email, password, device, replaced, client, where);
    }
}
