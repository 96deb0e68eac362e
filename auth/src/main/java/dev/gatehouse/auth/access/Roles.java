// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.access;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which permissions each role grants. A privileged role's permissions are inert until a second factor was used in the
 * session; whatever no role grants, nobody may do. Immutable and thread-safe.
 */
public final class Roles {

    private static final Roles NONE = new Roles(Map.of());

    private final Map<String, Grant> grants;

    private Roles(Map<String, Grant> grants) {
        this.grants = Map.copyOf(grants);
    }

    /** No roles at all: the start of a chain. */
    public static Roles none() {
        return NONE;
    }

    /** These and an ordinary role, whose permissions hold without a factor. */
    public Roles ordinary(String role, String... permissions) {
        return with(role, new Grant(Set.of(permissions), false));
    }

    /** These and a privileged role, whose permissions are inert until a factor was used in the session. */
    public Roles privileged(String role, String... permissions) {
        return with(role, new Grant(Set.of(permissions), true));
    }

    private Roles with(String role, Grant grant) {
        if (!role.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "auth.roles: role was '" + role + "' but must be 1 to 32 of a-z, 0-9 and -, a letter first");
        }
        Map<String, Grant> more = new LinkedHashMap<>(grants);
        if (more.put(role, grant) != null) {
            throw new IllegalArgumentException("auth.roles: role '" + role + "' is declared twice");
        }
        return new Roles(more);
    }

    /** The names of every role. */
    public Set<String> names() {
        return grants.keySet();
    }

    /** Whether this role's permissions need a factor; false for an unknown one. */
    public boolean isPrivileged(String role) {
        Grant grant = grants.get(role);
        return grant != null && grant.privileged;
    }

    /** What an account with these roles may do now. */
    public Set<String> permissions(Set<String> roles, boolean factorUsed) {
        Set<String> granted = new HashSet<>();
        for (String role : roles) {
            Grant grant = grants.get(role);
            if (grant != null && (factorUsed || !grant.privileged)) {
                granted.addAll(grant.permissions);
            }
        }
        return granted;
    }

    private record Grant(Set<String> permissions, boolean privileged) {}
}
