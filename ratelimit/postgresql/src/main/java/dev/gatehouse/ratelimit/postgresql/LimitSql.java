// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The statements. Those on limits do the same on both tables at once, so that one round trip is enough wherever the
 * limits of a request are kept.
 */
final class LimitSql {

    /** What a limit of row {@code s} is owed now by ask {@code a}: never less than nothing, never more than it may be. */
    private static final String OWED = "least(greatest(coalesce((s.states ->> a.name)::bigint, 0) - a.now, 0), a.most)";

    private static final String UNLOGGED = "gatehouse_ratelimit";
    private static final String DURABLE = "gatehouse_ratelimit_durable";

    /** Takes units of all limits of each key, or none of that key. */
    static final String TAKE = statement("take.sql");

    /** Charges units, or gives them back. */
    static final String CHARGE = statement("charge.sql");

    /** Reads how limits stand. */
    static final String READ = statement("read.sql");

    /** A permit, or how long until one. */
    static final String ACQUIRE = text("acquire.sql");

    /** Begins a lease anew. */
    static final String RENEW = text("renew.sql");

    /** Gives a permit back. */
    static final String RELEASE = text("release.sql");

    private LimitSql() {}

    private static String statement(String file) {
        String on = text(file);
        return text("ask.sql") + ", " + on(UNLOGGED, false, on) + ", " + on(DURABLE, true, on)
                + "SELECT place, allowed, owed FROM said_" + UNLOGGED
                + " UNION ALL SELECT place, allowed, owed FROM said_" + DURABLE + " ORDER BY place";
    }

    private static String on(String table, boolean durable, String template) {
        return template.replace("{owed}", OWED)
                .replace("{table}", table)
                .replace("{durable}", Boolean.toString(durable));
    }

    /** Without comments: they are for whoever reads the file. */
    private static String text(String file) {
        try (InputStream in = LimitSql.class.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).replaceAll("(?m)^--.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
