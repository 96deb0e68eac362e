// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.ratelimit.InFlightStore.Permit;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits by account, API key, session and what the application finds, at the request's cost; and those in flight. */
final class CallerLimits implements Interceptor {

    private static final AttributeKey<Permit.Held> PERMIT = AttributeKey.of("ratelimit.permit");

    private final RateLimits limits;

    CallerLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Phase phase() {
        return Phase.ACCOUNT;
    }

    @Override
    public Verdict before(Exchange exchange) {
        GroupPlan plan = limits.plan(exchange.route());
        if (!plan.hasCallerStep()) {
            return Verdict.proceed();
        }
        try {
            boolean exempt = limits.exemptions().covers(exchange.context().caller());
            InFlightLimit full = exempt ? null : enter(exchange, plan.group());
            return full == null
                    ? decide(exchange, plan, exempt)
                    : Verdict.answer(limits.rules().refusals().tooManyInFlight(full));
        } catch (LimitStoreException e) {
            return Verdict.answer(limits.rules().refusals().unavailable());
        }
    }

    @Override
    public void after(Exchange exchange, Completion completion) {
        Permit.Held permit = exchange.attribute(PERMIT);
        if (permit != null) {
            limits.rules().inFlight().release(permit);
        }
    }

    private Verdict decide(Exchange exchange, GroupPlan plan, boolean exempt) {
        List<Ask> asks =
                exempt ? List.of() : plan.callerAsks(exchange, limits.rules().overrides());
        if (asks.size() != 1) {
            return several(exchange, plan, asks);
        }
        Ask ask = asks.get(0);
        Decision decision = limits.limiter().take(ask.key(), ask.limits(), ask.cost());
        Decision edge = exchange.attribute(EdgeLimits.ADDRESS);
        if (decision instanceof Decision.Refused refused) {
            return limits.rules()
                    .answers()
                    .refuse(plan, List.of(new Refusal(ask.key(), refused)), LimitAnswers.listed(edge));
        }
        return passed(exchange, plan, edge == null ? List.of(decision) : List.of(edge, decision));
    }

    private Verdict several(Exchange exchange, GroupPlan plan, List<Ask> asks) {
        List<Decision> decisions = asks.isEmpty() ? List.of() : limits.limiter().takeAll(asks);
        List<Refusal> refused = LimitAnswers.refusals(asks, decisions);
        List<Decision> told = LimitAnswers.listed(exchange.attribute(EdgeLimits.ADDRESS), decisions);
        return refused.isEmpty()
                ? passed(exchange, plan, told)
                : limits.rules()
                        .answers()
                        .refuse(
                                plan,
                                refused,
                                told.stream().filter(Decision::allowed).toList());
    }

    private Verdict passed(Exchange exchange, GroupPlan plan, List<Decision> told) {
        limits.rules().answers().tell(exchange, plan, told);
        limits.signals().seen(exchange.context());
        return Verdict.proceed();
    }

    /** The limit that lets no more in, null when the request may go on. */
    private @Nullable InFlightLimit enter(Exchange exchange, LimitGroup group) {
        InFlightLimit limit = group.inFlight().orElse(null);
        if (limit == null) {
            return null;
        }
        LimitKey account = CallerKey.ACCOUNT.of(exchange);
        LimitKey key = account == null ? LimitKey.address(CallerKey.client(exchange)) : account;
        Permit permit = limits.rules().inFlight().acquire(key, limit);
        if (permit instanceof Permit.Held held) {
            exchange.attribute(PERMIT, held);
            return null;
        }
        return limits.rules().answers().refusesInFlight(group, limit) ? limit : null;
    }
}
