// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What must hold of all groups together, and of the routes that use them. */
final class GroupRules {

    private GroupRules() {}

    static List<String> problems(Collection<LimitGroup> groups) {
        List<String> problems = new ArrayList<>();
        Map<String, Limit> byName = new HashMap<>();
        for (LimitGroup group : groups) {
            String place = "ratelimit.group." + group.name();
            if (group.byAddress().isEmpty()) {
                problems.add(place + ": has no limit by address but must have at least one");
            }
            if (group.name().equals(RateLimits.DEFAULT_GROUP)
                    && group.byAccount().isEmpty()) {
                problems.add(place + ": has no limit by account but must have at least one");
            }
            limits(group)
                    .filter(limit -> !limit.equals(byName.merge(limit.name(), limit, (first, second) -> first)))
                    .forEach(limit -> problems.add(
                            place + ": has " + limit + " but that name is " + byName.get(limit.name()) + " elsewhere"));
        }
        return problems;
    }

    /** Routes whose cost a limit by account could never admit. */
    static List<String> problems(Collection<Route> routes, RateLimits limits) {
        return routes.stream()
                .flatMap(route -> limits.groupOf(route).byAccount().stream()
                        .filter(limit -> route.cost() < 1 || route.cost() > limit.burst())
                        .map(limit -> route.method() + " " + route.template() + ": cost was " + route.cost()
                                + " but must be 1 to " + limit.burst() + ", what the limit '" + limit.name()
                                + "' holds"))
                .toList();
    }

    private static Stream<Limit> limits(LimitGroup group) {
        return Stream.concat(group.byAddress().stream(), group.byAccount().stream());
    }
}
