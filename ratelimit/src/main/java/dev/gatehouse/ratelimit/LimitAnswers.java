// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.abuse.AbuseSignals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients are told of decisions, and what is noted of refusals. */
final class LimitAnswers {

    private final RateLimitDialect dialect;
    private final Refusals refusals;
    private final RuleMeters meters;
    private final AbuseSignals signals;

    LimitAnswers(RateLimitDialect dialect, Refusals refusals, RuleMeters meters, AbuseSignals signals) {
        this.dialect = dialect;
        this.refusals = refusals;
        this.meters = meters;
        this.signals = signals;
    }

    /** Sets the fields; nothing for a request that no limit counted. */
    void tell(Exchange exchange, GroupPlan plan, List<Decision> decisions) {
        if (!decisions.isEmpty()) {
            dialect.tell(exchange, plan.policy(decisions), decisions);
        }
    }

    /** The answer to a refused request; in a dry run it is counted and goes on. */
    Verdict refuse(GroupPlan plan, List<Refusal> refused, List<Decision> others) {
        if (plan.group().isDryRun()) {
            refused.forEach(refusal -> refusal.decision().violated().forEach(meters::dryRun));
            return Verdict.proceed();
        }
        refused.forEach(refusal ->
                signals.refused(refusal.key().kind().tag(), refusal.key().text()));
        return Verdict.answer(refusals.problem(refused, others));
    }

    /** Whether a request beyond those that may be in flight is refused; in a dry run it is counted and goes on. */
    boolean refusesInFlight(LimitGroup group, InFlightLimit limit) {
        if (group.isDryRun()) {
            meters.dryRun(limit.name());
        } else {
            meters.tooManyInFlight(limit.name());
        }
        return !group.isDryRun();
    }

    static List<Refusal> refusals(List<Ask> asks, List<Decision> decisions) {
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < asks.size(); i++) {
            if (decisions.get(i) instanceof Decision.Refused decision) {
                refused.add(new Refusal(asks.get(i).key(), decision));
            }
        }
        return refused;
    }

    static List<Decision> listed(@Nullable Decision edge) {
        return edge == null ? List.of() : List.of(edge);
    }

    static List<Decision> listed(@Nullable Decision edge, List<Decision> decisions) {
        List<Decision> all = new ArrayList<>(listed(edge));
        all.addAll(decisions);
        return all;
    }
}
