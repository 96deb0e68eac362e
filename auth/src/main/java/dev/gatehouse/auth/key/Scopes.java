// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that API keys can have. What is not declared, no key can have. A scope may demand a permission: then only
 * an account that holds it can make such a key, and the key loses the scope when the account loses the permission.
 * Immutable and thread-safe.
 */
public final class Scopes {

    private static final Scopes NONE = new Scopes(Map.of());
    private static final String NO_PERMISSION = "";

    private final Map<String, String> demanded;

    private Scopes(Map<String, String> demanded) {
        this.demanded = Map.copyOf(demanded);
    }

    /** No scopes at all: no API keys. */
    public static Scopes none() {
        return NONE;
    }

    /** Scopes that any account can give to its keys, for what any account may do. */
    public static Scopes of(String... scopes) {
        Scopes all = NONE;
        for (String scope : scopes) {
            all = all.with(scope, NO_PERMISSION);
        }
        return all;
    }

    /** These, and one that only accounts with {@code permission} can give to their keys. */
    public Scopes demanding(String scope, String permission) {
        if (permission.isEmpty()) {
            throw new IllegalArgumentException("auth.scopes: the permission that '" + scope + "' demands was empty");
        }
        return with(scope, permission);
    }

    private Scopes with(String scope, String permission) {
        if (!scope.matches("[a-z][a-z0-9:._-]{0,39}")) {
            throw new IllegalArgumentException(
                    "auth.scopes: scope was '" + scope + "' but must be 1 to 40 of a-z, 0-9, :._-, a letter first");
        }
        Map<String, String> more = new LinkedHashMap<>(demanded);
        if (more.put(scope, permission) != null) {
            throw new IllegalArgumentException("auth.scopes: scope '" + scope + "' is declared twice");
        }
        return new Scopes(more);
    }

    /** The names of every scope. */
    public Set<String> names() {
        return new TreeSet<>(demanded.keySet());
    }

    /** Those of {@code wanted} that are declared and that an account with these permissions can give. */
    public Set<String> grantable(Set<String> wanted, Set<String> permissions) {
        return wanted.stream()
                .filter(scope -> holds(demanded.get(scope), permissions))
                .collect(Collectors.toSet());
    }

    private static boolean holds(@Nullable String permission, Set<String> permissions) {
        return permission != null && (permission.equals(NO_PERMISSION) || permissions.contains(permission));
    }
}
