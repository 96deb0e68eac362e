// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.Set;

/**
 * Refuses requests that change something and that another site's page made a browser send (OWASP: cross-site request
 * forgery). Browsers name the origin in {@code Sec-Fetch-Site} and {@code Origin}; a request with neither did not come
 * from a page. Calls with a bearer token are exempt, since a browser never adds one by itself.
 */
final class OriginCheck implements Interceptor {

    private static final Verdict REFUSED = Verdict.answer(Problems.forbidden("The request comes from another origin."));

    private final Set<String> origins;

    OriginCheck(Set<String> origins) {
        this.origins = origins;
    }

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        if (isSafe(exchange.method()) || isOwn(exchange) || Bearer.isPresent(exchange)) {
            return Verdict.proceed();
        }
        return REFUSED;
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    private boolean isOwn(Exchange exchange) {
        for (String site : HeaderText.lines(exchange, "Sec-Fetch-Site")) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                return false;
            }
        }
        return origins.containsAll(HeaderText.lines(exchange, "Origin"));
    }
}
