// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;

/**
 * The statements. Those on limits do the same on each table that is asked, so that one round trip is enough wherever the
 * limits of a request are kept; a table that is not asked is left out, for to plan and begin its part takes as long as
 * the work. Immutable.
 */
final class LimitSql {

    /** Takes units of all limits of each key, or none of that key. */
    static final LimitSql TAKE = new LimitSql("take.sql");

    /** Charges units, or gives them back. */
    static final LimitSql CHARGE = new LimitSql("charge.sql");

    /** Reads how limits stand. */
    static final LimitSql READ = new LimitSql("read.sql");

    /** A permit, or how long until one. */
    static final String ACQUIRE = text("acquire.sql");

    /** Begins a lease anew. */
    static final String RENEW = text("renew.sql");

    /** Gives a permit back. */
    static final String RELEASE = text("release.sql");

    /** What a limit of row {@code s} is owed now by ask {@code a}: never less than nothing, never more than it may be. */
    private static final String OWED = "least(greatest(coalesce((s.states ->> a.name)::bigint, 0) - a.now, 0), a.most)";

    private static final String UNLOGGED = "gatehouse_ratelimit";
    private static final String DURABLE = "gatehouse_ratelimit_durable";

    private final String onUnlogged;
    private final String onDurable;
    private final String onBoth;

    private LimitSql(String file) {
        String ask = text("ask.sql");
        String template = text(file);
        String unlogged = on(UNLOGGED, false, template);
        String durable = on(DURABLE, true, template);
        onUnlogged = ask + ", " + unlogged + said(UNLOGGED);
        onDurable = ask + ", " + durable + said(DURABLE);
        onBoth = ask + ", " + unlogged + ", " + durable + said(UNLOGGED) + " UNION ALL " + said(DURABLE);
    }

    /** The statement for limits of which these are durable. */
    String of(Collection<Boolean> durable) {
        if (!durable.contains(true)) {
            return onUnlogged;
        }
        return durable.contains(false) ? onBoth : onDurable;
    }

    private static String on(String table, boolean durable, String template) {
        return template.replace("{owed}", OWED)
                .replace("{table}", table)
                .replace("{durable}", Boolean.toString(durable));
    }

    private static String said(String table) {
        return "SELECT place, allowed, owed FROM said_" + table;
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
