// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Whether every route is limited as it should be: its group exists and refuses, and where accounts are known they are
 * limited too. A route whose group does not exist has the default's limits, but nobody chose them.
 */
record RoutesHaveLimits(RateLimits limits, Routes routes, InstantSource clock) implements Callable<Finding> {

    @Override
    public Finding call() {
        if (routes.all().isEmpty()) {
            return Finding.unknown("the table of routes is empty");
        }
        List<String> problems = routes.all().stream().flatMap(this::problems).toList();
        Evidence checked = new Evidence(
                "routes checked", Integer.toString(routes.all().size()), "table of routes", clock.instant());
        return problems.isEmpty() ? Finding.verified(checked) : Finding.failed(String.join("; ", problems), checked);
    }

    private Stream<String> problems(Route route) {
        String name = route.method() + " " + route.template();
        if (limits.group(route.limitGroup()).isEmpty()) {
            return Stream.of(name + " names the group '" + route.limitGroup() + "', which does not exist");
        }
        LimitGroup group = limits.groupOf(route);
        if (group.isDryRun()) {
            return Stream.of(name + " is in the group '" + group.name() + "', which only counts");
        }
        boolean open = route.access().kind() == Access.Kind.ANYONE;
        return open || !group.byAccount().isEmpty()
                ? Stream.empty()
                : Stream.of(name + " is for accounts, but its group limits none");
    }
}
