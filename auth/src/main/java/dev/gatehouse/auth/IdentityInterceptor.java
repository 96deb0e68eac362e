// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who asks. When the store cannot say, a route for anyone is served as to a stranger, so that a health check
 * does not depend on it, and every other route answers 503.
 */
final class IdentityInterceptor implements Interceptor {

    static final AttributeKey<Session> SESSION = AttributeKey.of("auth.session");

    private static final Logger LOG = LoggerFactory.getLogger(IdentityInterceptor.class);

    private final Auth auth;

    IdentityInterceptor(Auth auth) {
        this.auth = auth;
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public Verdict before(Exchange exchange) {
        Optional<Secret> token = auth.cookies().session(exchange);
        return token.isEmpty() ? Verdict.proceed() : identify(exchange, token.get());
    }

    private Verdict identify(Exchange exchange, Secret token) {
        try {
            auth.session(token).ifPresent(session -> know(exchange, session));
            return Verdict.proceed();
        } catch (AuthStoreException e) {
            LOG.warn("session not looked up: {}", String.valueOf(e.getCause()));
            return exchange.route().access().kind() == Access.Kind.ANYONE
                    ? Verdict.proceed()
                    : Verdict.answer(AuthProblems.UNAVAILABLE);
        }
    }

    private static void know(Exchange exchange, Session session) {
        exchange.attribute(SESSION, session);
        exchange.context(exchange.context().withAccount(session.account()));
    }
}
