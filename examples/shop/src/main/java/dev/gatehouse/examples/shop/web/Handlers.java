// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which handler serves which route. Complete: a route without a handler, or a handler without a route, is refused. */
public final class Handlers {

    private final Map<Route, Handler> byRoute;

    private Handlers(Map<Route, Handler> byRoute) {
        this.byRoute = Map.copyOf(byRoute);
    }

    /** Starts collecting. */
    public static Builder builder() {
        return new Builder();
    }

    Handler of(Route route) {
        Handler handler = byRoute.get(route);
        if (handler == null) {
            throw new IllegalStateException("no handler for " + route.method() + " " + route.template());
        }
        return handler;
    }

    /** Collects handlers. Not thread-safe. */
    public static final class Builder {

        private final Map<Route, Handler> byRoute = new HashMap<>();

        private Builder() {}

        /** Serves {@code route} with {@code handler}. */
        public Builder on(Route route, Handler handler) {
            if (byRoute.put(route, handler) != null) {
                throw new IllegalArgumentException("two handlers for " + route.method() + " " + route.template());
            }
            return this;
        }

        /** The handlers of every one of {@code routes}. */
        public Handlers build(Routes routes) {
            List<String> unserved = routes.all().stream()
                    .filter(route -> !byRoute.containsKey(route))
                    .map(route -> route.method() + " " + route.template())
                    .toList();
            if (!unserved.isEmpty() || byRoute.size() > routes.all().size()) {
                throw new IllegalArgumentException("routes without a handler: " + unserved + ", handlers: "
                        + byRoute.size() + ", routes: " + routes.all().size());
            }
            return new Handlers(byRoute);
        }
    }
}
