// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a secret that was never chosen: shipped defaults, placeholders, and texts with hardly any variety. */
public final class WeakSecrets {

    private static final int LEAST_VARIETY = 5;

    private static final Set<String> SHIPPED = Set.of(
            "admin",
            "administrator",
            "default",
            "dev",
            "development",
            "guest",
            "letmein",
            "minioadmin",
            "mysql",
            "none",
            "null",
            "password",
            "passw0rd",
            "postgres",
            "postgresql",
            "public",
            "qwerty",
            "root",
            "sa",
            "secret",
            "secretkey",
            "shop",
            "test",
            "testing",
            "topsecret",
            "toor",
            "undefined",
            "user",
            "welcome",
            "redis",
            "jwtsecret");

    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(change|replace|insert|todo|fixme|placeholder|example|sample|dummy|your(own)?(secret|key|password|token)).*"
                    + "|.*(changeme|changeit|changethis|replaceme|notasecret|placeholder)");

    private WeakSecrets() {}

    /** Whether this was hardly chosen at random: shipped somewhere, a placeholder, or of hardly any variety. */
    public static boolean isDefault(Secret secret) {
        return isDefault(secret.reveal());
    }

    static boolean isDefault(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String stem = plain.replaceAll("[0-9]+$", "");
        return SHIPPED.contains(stem)
                || SHIPPED.contains(plain)
                || PLACEHOLDER.matcher(plain).matches()
                || text.chars().distinct().count() < LEAST_VARIETY;
    }
}
