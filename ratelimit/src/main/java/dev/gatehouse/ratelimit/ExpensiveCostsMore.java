// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Whether what is expensive costs more, and somebody pays it. Which routes are expensive only their authors know: those
 * that say so are looked at, and when none does, nobody thought about it.
 */
record ExpensiveCostsMore(RateLimits limits, Routes routes, InstantSource clock) implements Callable<Finding> {

    @Override
    public Finding call() {
        List<Route> expensive = routes.all().stream().filter(this::isExpensive).toList();
        if (expensive.isEmpty()) {
            return Finding.failed("no route costs more than one unit, and none limits requests in flight: say which are"
                    + " expensive with Route.cost or LimitGroup.inFlight");
        }
        List<String> unpaid = expensive.stream()
                .filter(route -> nobodyPays(limits.groupOf(route)))
                .map(route -> route.method() + " " + route.template() + " costs more, but no limit counts its cost")
                .toList();
        Evidence[] evidence = expensive.stream().map(this::evidence).toArray(Evidence[]::new);
        return unpaid.isEmpty() ? Finding.verified(evidence) : Finding.failed(String.join("; ", unpaid), evidence);
    }

    private boolean isExpensive(Route route) {
        LimitGroup group = limits.groupOf(route);
        return route.cost() > 1 || group.cost().isPresent() || group.inFlight().isPresent();
    }

    /** Limits by address and route take one unit, whatever the cost. */
    private static boolean nobodyPays(LimitGroup group) {
        return group.inFlight().isEmpty()
                && group.rules().stream().allMatch(rule -> rule.key().isAtEdge());
    }

    private Evidence evidence(Route route) {
        LimitGroup group = limits.groupOf(route);
        String cost = group.cost().isPresent() ? "computed" : Integer.toString(route.cost());
        String atOnce = group.inFlight()
                .map(limit -> ", " + limit.permits() + " at once")
                .orElse("");
        return new Evidence(
                "cost of " + route.method() + " " + route.template(), cost + atOnce, "limits", clock.instant());
    }
}
