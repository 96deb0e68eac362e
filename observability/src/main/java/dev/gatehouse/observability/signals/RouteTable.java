// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import dev.gatehouse.http.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The meters of each route. Read without a lock: the table is replaced as a whole when a route is seen for the first
 * time. Routes are told apart by identity, which is cheaper than comparing eight fields a request; copies of one route
 * share its meters. At most 1,000 routes have meters of their own.
 */
final class RouteTable {

    static final int CAPACITY = 1000;

    private static final Route OTHER = Route.of(Route.UNMATCHED.method(), "other");

    private final MeterRegistry meters;
    private final Map<String, RouteMeters> byTemplate = new LinkedHashMap<>();
    private final RouteMeters other;
    private volatile IdentityHashMap<Route, RouteMeters> byRoute = new IdentityHashMap<>();

    RouteTable(MeterRegistry meters) {
        this.meters = meters;
        this.other = new RouteMeters(OTHER, meters);
    }

    RouteMeters of(Route route) {
        RouteMeters known = byRoute.get(route);
        return known != null ? known : learn(route);
    }

    private synchronized RouteMeters learn(Route route) {
        String key = route.method() + " " + route.template();
        RouteMeters found = byTemplate.get(key);
        if (found == null && byTemplate.size() < CAPACITY) {
            found = new RouteMeters(route, meters);
            byTemplate.put(key, found);
        }
        RouteMeters result = found == null ? other : found;
        if (byRoute.size() < CAPACITY) {
            IdentityHashMap<Route, RouteMeters> grown = new IdentityHashMap<>(byRoute);
            grown.put(route, result);
            byRoute = grown;
        }
        return result;
    }

    synchronized List<RouteTraffic> traffic() {
        return byTemplate.values().stream()
                .map(RouteMeters::traffic)
                .sorted(Comparator.comparingLong(RouteTraffic::requests).reversed())
                .toList();
    }
}
