// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Whether what attackers want to repeat is limited strictly. Every strict group that is in use allows an address at most
 * a tenth of the default's rate, and every route that changes something for anyone who asks allows an address at most half
 * of it, in whatever group: a generous group of its own is no limit.
 */
record StrictLimits(RateLimits limits, Routes routes, InstantSource clock) implements Callable<Finding> {

    private static final double SHARE = 0.1;
    private static final double EXPOSED_SHARE = 0.5;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public Finding call() {
        List<LimitGroup> strict = limits.groups().stream()
                .filter(group -> group.isStrict() && isUsed(group))
                .toList();
        List<String> problems = new ArrayList<>();
        if (strict.isEmpty()) {
            problems.add("no route is in a strict group");
        }
        strict.stream()
                .filter(this::isLax)
                .forEach(group -> problems.add(
                        "the group '" + group.name() + "' allows an address more than a tenth of the default's rate"));
        routes.all().stream()
                .filter(this::isExposed)
                .forEach(route -> problems.add(route.method() + " " + route.template()
                        + " changes something for anyone, at more than half of the default's rate"));
        Evidence[] evidence = strict.stream().map(this::evidence).toArray(Evidence[]::new);
        return problems.isEmpty() ? Finding.verified(evidence) : Finding.failed(String.join("; ", problems), evidence);
    }

    private boolean isUsed(LimitGroup group) {
        return routes.all().stream().anyMatch(route -> route.limitGroup().equals(group.name()));
    }

    private boolean isLax(LimitGroup group) {
        return rate(group) > SHARE * rate(limits.defaults());
    }

    private boolean isExposed(Route route) {
        return route.access().kind() == Access.Kind.ANYONE
                && !SAFE.contains(route.method())
                && isGenerous(limits.groupOf(route));
    }

    private boolean isGenerous(LimitGroup group) {
        return group.isDryRun() || rate(group) > EXPOSED_SHARE * rate(limits.defaults());
    }

    private Evidence evidence(LimitGroup group) {
        String rate = String.format(Locale.ROOT, "%.2f", rate(group) * 60);
        return new Evidence(
                "requests a minute an address, group '" + group.name() + "'", rate, "limits", clock.instant());
    }

    private static double rate(LimitGroup group) {
        return group.byAddress().stream().mapToDouble(Limit::rate).min().orElse(Double.MAX_VALUE);
    }
}
