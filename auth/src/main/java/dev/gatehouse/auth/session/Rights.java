// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.access.Roles;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What sets of roles grant, worked out once for each, so that sessions in the cache share it. Bounded: sets beyond are
 * worked out every time. Thread-safe.
 */
final class Rights {

    private static final int MOST = 1_000;

    private final Roles roles;
    private final Map<Set<String>, Granted> known = new ConcurrentHashMap<>();

    Rights(Roles roles) {
        this.roles = roles;
    }

    Granted of(Set<String> names) {
        Granted granted = known.get(names);
        if (granted == null) {
            granted = work(Set.copyOf(names));
            if (known.size() < MOST) {
                known.put(granted.roles(), granted);
            }
        }
        return granted;
    }

    private Granted work(Set<String> names) {
        Set<String> all = roles.permissions(names, true);
        Set<String> ordinary = roles.permissions(names, false);
        Set<String> withheld = new HashSet<>(all);
        withheld.removeAll(ordinary);
        return new Granted(names, Set.copyOf(all), Set.copyOf(ordinary), Set.copyOf(withheld));
    }

    /**
     * What a set of roles grants.
     *
     * @param roles the roles
     * @param all once a factor was used
     * @param ordinary before
     * @param withheld what is between
     */
    record Granted(Set<String> roles, Set<String> all, Set<String> ordinary, Set<String> withheld) {

        Set<String> now(boolean factorUsed) {
            return factorUsed ? all : ordinary;
        }

        Set<String> withheld(boolean factorUsed) {
            return factorUsed ? Set.of() : withheld;
        }
    }
}
