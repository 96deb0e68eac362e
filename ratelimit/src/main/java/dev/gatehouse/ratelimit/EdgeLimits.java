// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.net.InetAddress;
import java.util.List;

/** Limits by client address, and those of whole routes, before anything costly is done. */
final class EdgeLimits implements Interceptor {

    /** What this step found, for the step that knows who asks and then tells the client of all limits at once. */
    static final AttributeKey<Decision> ADDRESS = AttributeKey.of("ratelimit.address");

    private final RateLimits limits;

    EdgeLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        InetAddress client = CallerKey.client(exchange);
        if (limits.exemptions().covers(client)) {
            return Verdict.proceed();
        }
        try {
            return decide(exchange, limits.plan(exchange.route()), client);
        } catch (LimitStoreException e) {
            return Verdict.answer(limits.rules().refusals().unavailable());
        }
    }

    private Verdict decide(Exchange exchange, GroupPlan plan, InetAddress client) {
        LimitKey.Address key = LimitKey.address(client);
        if (!plan.isPlain(key)) {
            return several(exchange, plan, plan.edgeAsks(exchange, client, key));
        }
        Decision decision = limits.limiter().take(key, plan.address(), 1);
        return decision instanceof Decision.Refused refused
                ? limits.rules().answers().refuse(plan, List.of(new Refusal(key, refused)), List.of())
                : passed(exchange, plan, decision);
    }

    private Verdict several(Exchange exchange, GroupPlan plan, List<Ask> asks) {
        List<Decision> decisions = limits.limiter().takeAll(asks);
        List<Refusal> refused = LimitAnswers.refusals(asks, decisions);
        if (refused.isEmpty()) {
            return passed(exchange, plan, decisions.get(0));
        }
        List<Decision> own = decisions.get(0).allowed() ? List.of(decisions.get(0)) : List.of();
        return limits.rules().answers().refuse(plan, refused, own);
    }

    private Verdict passed(Exchange exchange, GroupPlan plan, Decision own) {
        if (plan.hasCallerStep()) {
            exchange.attribute(ADDRESS, own);
        } else {
            limits.rules().answers().tell(exchange, plan, List.of(own));
        }
        return Verdict.proceed();
    }
}
