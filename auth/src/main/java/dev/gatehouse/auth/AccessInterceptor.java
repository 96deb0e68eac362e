// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.http.Access;
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
    private final Denials denials;

    AccessInterceptor(InstantSource clock, Denials denials) {
        this.clock = clock;
        this.denials = denials;
    }

    @Override
    public Phase phase() {
        return Phase.ACCESS;
    }

    @Override
    public Verdict before(Exchange exchange) {
        AccessRule rule = judge(exchange);
        if (rule == AccessRule.ADMITTED) {
            exchange.admit();
            return Verdict.proceed();
        }
        exchange.context().account().ifPresent(account -> denials.of(account, exchange.route(), rule));
        return Verdict.answer(problem(rule, exchange.route().access()));
    }

    private AccessRule judge(Exchange exchange) {
        Access access = exchange.route().access();
        LiveKey key = exchange.attribute(IdentityInterceptor.KEY);
        return key == null
                ? AccessRule.judge(access, exchange.attribute(IdentityInterceptor.SESSION), clock.instant())
                : AccessRule.judge(access, key);
    }

    private static Problem problem(AccessRule rule, Access access) {
        return switch (rule) {
            case SIGN_IN -> Problems.unauthorized();
            case USE_FACTOR -> AuthProblems.FACTOR_REQUIRED;
            case SIGN_IN_AGAIN -> AuthProblems.REAUTHENTICATE;
            case OUT_OF_SCOPE -> AuthProblems.outOfScope(access.keyScope().orElseThrow());
            case FORBIDDEN, ADMITTED -> AuthProblems.FORBIDDEN;
        };
    }
}
