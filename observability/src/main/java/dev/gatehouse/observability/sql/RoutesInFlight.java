// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which route each request takes that is being served, by its ID, so that a slow statement can be told to belong to one on
 * whatever thread it runs. At most 10,000 are known; further ones have no route.
 */
final class RoutesInFlight implements Interceptor {

    private static final int MOST = 10_000;

    private final Map<String, String> routes = new ConcurrentHashMap<>();

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        String request = exchange.context().requestId().orElse("");
        if (!request.isEmpty() && routes.size() < MOST) {
            routes.put(
                    request, exchange.route().method() + " " + exchange.route().template());
        }
        return Verdict.proceed();
    }

    @Override
    public void after(Exchange exchange, Completion completion) {
        exchange.context().requestId().ifPresent(routes::remove);
    }

    String of(String requestId) {
        return routes.getOrDefault(requestId, "");
    }
}
