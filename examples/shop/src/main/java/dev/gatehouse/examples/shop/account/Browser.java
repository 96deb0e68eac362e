// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.Refresh;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Exchange;
import java.util.Optional;

/** What signing in and out needs to know of the browser that asks. */
public final class Browser {

    private Browser() {}

    /** The program that asks, as it calls itself. */
    public static String client(Exchange exchange) {
        return Optional.ofNullable(exchange.header("User-Agent")).orElse("");
    }

    /** A try to sign in from this browser: its device keeps its budget, and the session it has is replaced. */
    public static LoginAttempt attempt(Auth auth, Exchange exchange, LoginAttempt attempt) {
        return attempt.sentBy(exchange, auth.cookies());
    }

    /** Ends this browser's session, by its refresh token when it came without the other, and removes its cookies. */
    public static void signOut(Auth auth, Exchange exchange) {
        Optional<Secret> live = auth.cookies()
                .session(exchange)
                .filter(token -> auth.session(token).isPresent());
        live.or(() -> refreshed(auth, exchange)).ifPresent(auth::logout);
        auth.cookies().clear(exchange);
    }

    private static Optional<Secret> refreshed(Auth auth, Exchange exchange) {
        return auth.cookies()
                .refresh(exchange)
                .map(auth::refresh)
                .filter(Refresh.Refreshed.class::isInstance)
                .map(refresh -> ((Refresh.Refreshed) refresh).tokens().session());
    }
}
