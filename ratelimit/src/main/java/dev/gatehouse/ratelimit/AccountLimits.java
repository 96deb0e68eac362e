// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits by account, at the route's cost, once it is known who asks. */
final class AccountLimits implements Interceptor {

    private final RateLimits limits;

    AccountLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Phase phase() {
        return Phase.ACCOUNT;
    }

    @Override
    public Verdict before(Exchange exchange) {
        Optional<String> account = exchange.context().account();
        LimitGroup group = limits.groupOf(exchange.route());
        if (account.isEmpty() || group.byAccount().isEmpty()) {
            return Verdict.proceed();
        }
        Decision decision =
                limits.takeAccount(account.get(), group, exchange.route().cost());
        List<LimitStatus> all = together(exchange, decision);
        RateLimitFields.set(exchange, all);
        return decision instanceof Decision.Refused refused
                ? Verdict.answer(Refusals.problem(refused, all))
                : Verdict.proceed();
    }

    private static List<LimitStatus> together(Exchange exchange, Decision decision) {
        List<LimitStatus> all = new ArrayList<>();
        List<LimitStatus> byAddress = exchange.attribute(AddressLimits.STATUSES);
        if (byAddress != null) {
            all.addAll(byAddress);
        }
        all.addAll(decision.statuses());
        return all;
    }
}
