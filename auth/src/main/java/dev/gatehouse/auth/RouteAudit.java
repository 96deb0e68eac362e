// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Puts every declared route to the very rule that requests meet, as a stranger and as each role. */
final class RouteAudit {

    private final List<Route> all;
    private final Roles roles;
    private final InstantSource clock;

    RouteAudit(Routes routes, Roles roles, InstantSource clock) {
        this.all = routes.all();
        this.roles = roles;
        this.clock = clock;
    }

    /** A9: a rule for every route, a stranger kept out of all that is not open, every demanded permission grantable. */
    Finding rules() {
        Set<String> undeclared = named(route -> route.access().kind() == Access.Kind.UNDECLARED);
        Set<String> open =
                named(route -> AccessRule.judge(route.access(), null, clock.instant()) == AccessRule.ADMITTED);
        Set<String> grantable = roles.permissions(roles.names(), true);
        Set<String> dead = named(route -> route.access().permission().isPresent()
                && !grantable.contains(route.access().permission().get()));
        Evidence[] evidence = {
            evidence("routes", String.valueOf(all.size())), evidence("open to anyone", spelled(open)),
        };
        if (!undeclared.isEmpty()) {
            return Finding.failed("no access rule: " + spelled(undeclared), evidence);
        }
        return dead.isEmpty()
                ? Finding.verified(evidence)
                : Finding.failed("no role grants what these demand: " + spelled(dead), evidence);
    }

    /** A7: a privileged role opens nothing before a factor was used, and no other role opens the same. */
    Finding factors() {
        Set<String> privileged = named(roles::isPrivileged, roles.names());
        Set<String> openedEarly = new TreeSet<>();
        Set<String> opened = new TreeSet<>();
        for (String role : privileged) {
            openedEarly.addAll(named(route -> opens(route, role) && !needs(route, roles.names())));
            opened.addAll(named(route -> opens(route, role)));
        }
        Evidence[] evidence = {
            evidence("privileged roles", spelled(privileged)), evidence("routes they open", spelled(opened)),
        };
        if (privileged.isEmpty()) {
            return Finding.failed("no role is declared as privileged", evidence);
        }
        return openedEarly.isEmpty()
                ? Finding.verified(evidence)
                : Finding.failed("open to a role without a second factor: " + spelled(openedEarly), evidence);
    }

    /** Whether the role, with a factor used, opens a route that demands a permission. */
    private boolean opens(Route route, String role) {
        return route.access().kind() == Access.Kind.PERMISSION
                && AccessRule.judge(route.access(), session(Set.of(role), true), clock.instant())
                        == AccessRule.ADMITTED;
    }

    /** Whether even all roles together, without a factor used, are told to use one. */
    private boolean needs(Route route, Set<String> names) {
        return AccessRule.judge(route.access(), session(names, false), clock.instant()) == AccessRule.USE_FACTOR;
    }

    private Session session(Set<String> names, boolean factor) {
        Instant now = clock.instant();
        Set<String> may = roles.permissions(names, factor);
        Set<String> withheld = new TreeSet<>(roles.permissions(names, true));
        withheld.removeAll(may);
        return new Session("probe", "probe", "", names, may, withheld, Set.of(), factor ? now : null, now, now, null);
    }

    private Set<String> named(Predicate<Route> chosen) {
        Set<String> names = new TreeSet<>();
        all.stream().filter(chosen).forEach(route -> names.add(route.method() + " " + route.template()));
        return names;
    }

    private static Set<String> named(Predicate<String> chosen, Set<String> from) {
        Set<String> names = new TreeSet<>(from);
        names.removeIf(chosen.negate());
        return names;
    }

    private static String spelled(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private Evidence evidence(String what, String value) {
        return new Evidence(what, value, Proof.SOURCE, clock.instant());
    }
}
