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

    private static final int MOST_RULES = 8;

    static List<String> problems(Collection<LimitGroup> groups, Networks networks) {
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
            if (group.rules().size() > MOST_RULES) {
                problems.add(place + ": has " + group.rules().size() + " rules but may have " + MOST_RULES);
            }
            group.limits()
                    .filter(limit -> group.isStrict() && limit.whenStoreFails() == FailureMode.OPEN)
                    .forEach(limit -> problems.add(place + ": '" + limit.name()
                            + "' is open when the store fails but a strict group's limits must share or be closed"));
            limits(group, networks, problems)
                    .filter(limit -> !limit.equals(byName.merge(limit.name(), limit, (first, second) -> first)))
                    .forEach(limit -> problems.add(
                            place + ": has " + limit + " but that name is " + byName.get(limit.name()) + " elsewhere"));
        }
        return problems;
    }

    /** Routes whose cost a limit of their group could never admit. */
    static List<String> problems(Collection<Route> routes, RateLimits limits) {
        return routes.stream()
                .filter(route -> limits.groupOf(route).cost().isEmpty())
                .flatMap(route -> limits.groupOf(route).rules().stream()
                        .filter(rule -> !rule.key().isAtEdge())
                        .flatMap(rule -> rule.limits().stream())
                        .filter(limit -> route.cost() < 1 || route.cost() > limit.burst())
                        .map(limit -> route.method() + " " + route.template() + ": cost was " + route.cost()
                                + " but must be 1 to " + limit.burst() + ", what the limit '" + limit.name()
                                + "' holds"))
                .toList();
    }

    /** Those declared, and the ceilings made of them; one that cannot be made is a problem. */
    private static Stream<Limit> limits(LimitGroup group, Networks networks, List<String> problems) {
        List<Limit> limits = new ArrayList<>(group.limits().toList());
        try {
            limits.addAll(networks.around56(group.byAddress()));
            limits.addAll(networks.around48(group.byAddress()));
        } catch (IllegalArgumentException e) {
            problems.add("ratelimit.group." + group.name() + ": the ceiling around an address cannot be made: "
                    + e.getMessage());
        }
        return limits.stream();
    }
}
