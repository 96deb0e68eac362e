// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.Impersonator;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.config.Secret;
import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Bearer;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who asks: by the session's cookie or by an API key. A call with a bearer token is refused unless the token is
 * a live key, whatever the route and whatever cookie comes along: a program whose key has died must learn of it. When
 * the store cannot say, a route for anyone is served as to a stranger, so that a health check does not depend on it, and
 * every other route answers 503.
 *
 * <p>Routes that demand a factor, a recent sign-in, or a permission that only privileged roles grant are looked up in the
 * store at every request; the others may rely on a cache for five seconds.
 */
final class IdentityInterceptor implements Interceptor {

    static final AttributeKey<Session> SESSION = AttributeKey.of("auth.session");

    static final AttributeKey<LiveKey> KEY = AttributeKey.of("auth.key");

    private static final Logger LOG = LoggerFactory.getLogger(IdentityInterceptor.class);

    private final Auth auth;
    private final Set<String> privileged;

    IdentityInterceptor(Auth auth) {
        this.auth = auth;
        this.privileged = new HashSet<>(auth.roles().permissions(auth.roles().names(), true));
        privileged.removeAll(auth.roles().permissions(auth.roles().names(), false));
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public Verdict before(Exchange exchange) {
        Optional<Secret> bearer = Bearer.of(exchange);
        Optional<Secret> cookie =
                bearer.isPresent() ? Optional.empty() : auth.cookies().session(exchange);
        if (bearer.isEmpty() && cookie.isEmpty()) {
            return Verdict.proceed();
        }
        try {
            return bearer.isPresent() ? byKey(exchange, bearer.get()) : bySession(exchange, cookie.get());
        } catch (AuthStoreException e) {
            LOG.warn("caller not looked up: {}", String.valueOf(e.getCause()));
            return exchange.route().access().kind() == Access.Kind.ANYONE
                    ? Verdict.proceed()
                    : Verdict.answer(AuthProblems.UNAVAILABLE);
        }
    }

    private Verdict bySession(Exchange exchange, Secret token) {
        Optional<Session> own = isSensitive(exchange.route().access()) ? auth.sessionNow(token) : auth.session(token);
        Optional<Secret> acting = auth.cookies().acting(exchange);
        if (own.isEmpty() || acting.isEmpty()) {
            own.ifPresent(session -> know(exchange, session));
            return Verdict.proceed();
        }
        Optional<Session> acted = auth.session(acting.get()).filter(session -> isBy(session, own.get()));
        know(exchange, acted.or(() -> own).get());
        return acted.isPresent() ? Verdict.proceed() : actedNoMore(exchange);
    }

    private static boolean isBy(Session session, Session own) {
        Impersonator by = session.impersonator();
        return by != null && by.session().equals(own.id());
    }

    /** What was meant to be done as somebody else is not done as oneself; looking is. */
    private Verdict actedNoMore(Exchange exchange) {
        auth.cookies().clearActing(exchange);
        boolean looks = exchange.method().equals("GET") || exchange.method().equals("HEAD");
        return looks ? Verdict.proceed() : Verdict.answer(AuthProblems.ACTING_OVER);
    }

    private static void know(Exchange exchange, Session session) {
        exchange.attribute(SESSION, session);
        Caller caller = Caller.session(session.account(), session.id());
        Impersonator by = session.impersonator();
        exchange.context(exchange.context().withCaller(by == null ? caller : caller.impersonatedBy(by.account())));
    }

    private Verdict byKey(Exchange exchange, Secret text) {
        ApiKeys keys = auth.keys();
        Optional<LiveKey> found = isSensitive(exchange.route().access()) ? keys.findNow(text) : keys.find(text);
        if (found.isEmpty()) {
            return Verdict.answer(AuthProblems.INVALID_KEY);
        }
        LiveKey key = found.get();
        exchange.attribute(KEY, key);
        exchange.context(exchange.context().withCaller(Caller.key(key.account(), key.id())));
        return Verdict.proceed();
    }

    /** Where being five seconds late would hurt, a round trip to the store is worth it. */
    private boolean isSensitive(Access access) {
        return access.needsFactor()
                || access.needsRecentSignIn()
                || access.permission().filter(privileged::contains).isPresent();
    }
}
