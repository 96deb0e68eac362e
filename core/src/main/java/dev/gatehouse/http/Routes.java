// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.List;

/**
 * The declared table of routes: the one place that says what is served and how each endpoint is protected. A request
 * that matches none is refused. Immutable and thread-safe.
 *
 * <p>A literal segment goes before a variable one. GET serves HEAD, and OPTIONS is answered without the application
 * unless it is declared. A path is matched as the server will understand it, percent-decoded segment by segment;
 * ambiguous ones (empty and dot segments, path parameters, encoded separators, malformed encoding) match nothing.
 */
public final class Routes {

    private final List<Route> all;
    private final RouteTable table;

    private Routes(List<Route> all) {
        this.all = all;
        this.table = new RouteTable(all);
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

    /** What this table says of a request, by its method and raw path. */
    Match match(String method, String path) {
        return table.match(method, path);
    }
}
