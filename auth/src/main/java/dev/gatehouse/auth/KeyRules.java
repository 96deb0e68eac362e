// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.json.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a key that is asked for must be. */
record KeyRules(Scopes scopes) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int NAME_LENGTH = 100;

    /** The rules that {@code request} breaks, made by an account with these permissions. */
    List<FieldError> broken(KeyRequest request, Set<String> permissions) {
        List<FieldError> errors = new ArrayList<>();
        if (!isName(request.name().strip())) {
            errors.add(new FieldError("name", "must be 1 to " + NAME_LENGTH + " printable characters"));
        }
        if (request.scopes().isEmpty()) {
            errors.add(new FieldError("scopes", "must name at least one of " + spelled(scopes.names())));
        } else if (!scopes.names().containsAll(request.scopes())) {
            errors.add(new FieldError("scopes", "must be of " + spelled(scopes.names())));
        } else if (!scopes.grantable(request.scopes(), permissions).equals(request.scopes())) {
            errors.add(new FieldError(
                    "scopes",
                    "must be of " + spelled(scopes.grantable(scopes.names(), permissions))
                            + ": the others need a permission that this account lacks"));
        }
        if (request.life().compareTo(SHORTEST) < 0 || request.life().compareTo(LONGEST) > 0) {
            errors.add(new FieldError("life", "must be 1 hour to 366 days"));
        }
        return errors;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_LENGTH
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    private static String spelled(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }
}
