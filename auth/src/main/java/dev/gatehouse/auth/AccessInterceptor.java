// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import dev.gatehouse.http.Verdict;
import java.time.InstantSource;

/** Enforces the route's access rule, and says so to the pipeline when it holds. */
final class AccessInterceptor implements Interceptor {

    private final InstantSource clock;

    AccessInterceptor(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Phase phase() {
        return Phase.ACCESS;
    }

    @Override
    public Verdict before(Exchange exchange) {
        AccessRule rule = AccessRule.judge(
                exchange.route().access(), exchange.attribute(IdentityInterceptor.SESSION), clock.instant());
        if (rule == AccessRule.ADMITTED) {
            exchange.admit();
            return Verdict.proceed();
        }
        return Verdict.answer(problem(rule));
    }

    private static Problem problem(AccessRule rule) {
        return switch (rule) {
            case SIGN_IN -> Problems.unauthorized();
            case USE_FACTOR -> AuthProblems.FACTOR_REQUIRED;
            case SIGN_IN_AGAIN -> AuthProblems.REAUTHENTICATE;
            case FORBIDDEN, ADMITTED -> AuthProblems.FORBIDDEN;
        };
    }
}
