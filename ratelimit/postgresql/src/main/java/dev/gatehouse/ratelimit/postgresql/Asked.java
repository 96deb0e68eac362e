// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The arguments of one statement, a place for each key and limit, and what it said about each. Not thread-safe. */
final class Asked {

    private final List<byte[]> keys = new ArrayList<>();
    private final List<Object> names = new ArrayList<>();
    private final List<Boolean> durable = new ArrayList<>();
    private final List<Object> units = new ArrayList<>();
    private final List<Object> room = new ArrayList<>();
    private final List<Object> most = new ArrayList<>();

    /** Adds the limits of a key: {@code count} units of each, whose number is bounded by what a bucket can hold. */
    Asked add(LimitKey key, List<Limit> limits, long count, Predicate<Limit> isDurable) {
        byte[] id = bytes(key);
        for (Limit limit : limits) {
            long bound = limit.burst() + limit.debt();
            keys.add(id);
            names.add(limit.name());
            durable.add(isDurable.test(limit));
            units.add(Math.max(-bound, Math.min(bound, count)) * limit.nanosAUnit());
            room.add(limit.nanosToFill());
            most.add(limit.mostOwed());
        }
        return this;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** A key's bytes: any text is a key, also what the database would not take as text. */
    static byte[] bytes(LimitKey key) {
        return (key.kind().tag() + ':' + key.text()).getBytes(StandardCharsets.UTF_8);
    }

    /** Runs a statement and returns what it said, place by place. */
    Said run(Connection connection, LimitSql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.of(durable))) {
            statement.setArray(1, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            statement.setArray(3, connection.createArrayOf("boolean", durable.toArray()));
            statement.setArray(4, connection.createArrayOf("bigint", units.toArray()));
            statement.setArray(5, connection.createArrayOf("bigint", room.toArray()));
            statement.setArray(6, connection.createArrayOf("bigint", most.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                return said(rows);
            }
        }
    }

    private Said said(ResultSet rows) throws SQLException {
        Said said = new Said(keys.size());
        while (rows.next()) {
            said.put(rows.getInt(1) - 1, rows.getBoolean(2), rows.getLong(3));
        }
        return said;
    }
}
