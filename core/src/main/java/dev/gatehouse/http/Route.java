// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.time.Duration;

/**
 * One line of the table of routes: what is served, who may use it, what it costs and how long it may take. Immutable.
 *
 * @param method the request method
 * @param template the path; a segment in braces is a variable: {@code /api/orders/{id}}
 * @param access who may use it
 * @param limitGroup which group of rate limits applies; {@code default} unless said otherwise
 * @param cost units of the account's limit that one request takes, at least 1
 * @param flow the user's journey this belongs to, for alerts and tracing; empty when none
 * @param bodyLimit bytes of request body, at most; 413 above
 * @param deadline by when a request must be answered
 */
public record Route(
        String method,
        String template,
        Access access,
        String limitGroup,
        int cost,
        String flow,
        long bodyLimit,
        Duration deadline) {

    /** The route of a request that matched none: nobody may use it. */
    public static final Route UNMATCHED = of("*", "unmatched");

    /** A route without an access rule yet, limit group {@code default}, cost 1, 64 KiB of body and 10 seconds. */
    public static Route of(String method, String template) {
        return new Route(method, template, Access.UNDECLARED, "default", 1, "", 64 * 1024, Duration.ofSeconds(10));
    }

    /** A GET route; it serves HEAD too. */
    public static Route get(String template) {
        return of("GET", template);
    }

    /** A POST route. */
    public static Route post(String template) {
        return of("POST", template);
    }

    /** A PUT route. */
    public static Route put(String template) {
        return of("PUT", template);
    }

    /** A DELETE route. */
    public static Route delete(String template) {
        return of("DELETE", template);
    }

    /** A copy with this access rule. */
    public Route access(Access rule) {
        return new Route(method, template, rule, limitGroup, cost, flow, bodyLimit, deadline);
    }

    /** A copy in this group of rate limits. */
    public Route limitGroup(String group) {
        return new Route(method, template, access, group, cost, flow, bodyLimit, deadline);
    }

    /** A copy with this cost in units. */
    public Route cost(int units) {
        return new Route(method, template, access, limitGroup, units, flow, bodyLimit, deadline);
    }

    /** A copy that belongs to this journey. */
    public Route flow(String name) {
        return new Route(method, template, access, limitGroup, cost, name, bodyLimit, deadline);
    }

    /** A copy with this bound on the request body, in bytes. */
    public Route bodyLimit(long bytes) {
        return new Route(method, template, access, limitGroup, cost, flow, bytes, deadline);
    }

    /** A copy with this time in which a request must be answered. */
    public Route deadline(Duration within) {
        return new Route(method, template, access, limitGroup, cost, flow, bodyLimit, within);
    }
}
