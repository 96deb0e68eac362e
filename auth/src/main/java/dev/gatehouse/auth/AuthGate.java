// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.Gate;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Routes;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugs {@link Auth} into the pipeline: who asks (IDENTITY), and whether the route's access rule holds (ACCESS). While
 * it runs, expired rows are removed every minute.
 */
public final class AuthGate implements Gate {

    private static final Logger LOG = LoggerFactory.getLogger(AuthGate.class);

    private final Auth auth;
    private final Routes routes;
    private @Nullable ScheduledExecutorService sweeper;
    private SessionNews.@Nullable Subscription news;

    /** The gate of {@code auth}; the readiness report looks through {@code routes}. */
    public AuthGate(Auth auth, Routes routes) {
        this.auth = auth;
        this.routes = routes;
    }

    /** The live session that this request carries, empty when there is none. */
    public static Optional<Session> session(Exchange exchange) {
        return Optional.ofNullable(exchange.attribute(IdentityInterceptor.SESSION));
    }

    /** The live API key that this request carries, empty when there is none. */
    public static Optional<LiveKey> key(Exchange exchange) {
        return Optional.ofNullable(exchange.attribute(IdentityInterceptor.KEY));
    }

    @Override
    public String name() {
        return "auth";
    }

    @Override
    public void start() {
        auth.parts().store().verifySchema();
        news = auth.listen();
        sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gatehouse-auth-sweeper");
            thread.setDaemon(true);
            return thread;
        });
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
    }

    private void sweep() {
        try {
            auth.purge();
        } catch (RuntimeException e) {
            LOG.warn("expired rows not removed", e);
        }
    }

    @Override
    public List<Interceptor> interceptors() {
        return List.of(
                new IdentityInterceptor(auth),
                new AccessInterceptor(auth.parts().clock(), auth.parts().denials()));
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return new AuthReadiness(auth, routes).checks();
    }

    @Override
    public List<Panel> panels() {
        return List.of(new AuthPanel(auth));
    }

    @Override
    public void close() {
        if (sweeper != null) {
            sweeper.shutdownNow();
        }
        if (news != null) {
            news.close();
        }
    }
}
