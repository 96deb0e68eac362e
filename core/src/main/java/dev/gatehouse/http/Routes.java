// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.List;

/**
 * The declared table of routes: the one place that says what is served and how each endpoint is protected. A request
 * that matches none is refused. Immutable and thread-safe.
 */
public final class Routes {

    private final List<Route> all;

    private Routes(List<Route> all) {
        this.all = all;
    }

    /** The table of these routes; two of the same method and shape are refused. */
    public static Routes of(Route... routes) {
        return of(List.of(routes));
    }

    /** The table of these routes; two of the same method and shape are refused. */
    public static Routes of(List<Route> routes) {
        return new Routes(List.copyOf(routes));
    }

    /** Every route, in the order declared. */
    public List<Route> all() {
        return all;
    }
}
