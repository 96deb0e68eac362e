// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.jdbc.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The verbs as statements. */
record JdbcFeatureUnit(Handle handle) implements FeatureUnit {

    @Override
    public Tx tx() {
        return new Tx(handle.getConnection());
    }

    @Override
    public void turnOff(FeatureSwitch change) {
        put("gatehouse_feature_switch", "feature", "actor, reason, since_at, until_at")
                .bind("feature", change.feature())
                .bind("actor", change.actor())
                .bind("reason", change.reason())
                .bind("since_at", change.since().toEpochMilli())
                .bind("until_at", change.until().map(Instant::toEpochMilli).orElse(null))
                .execute();
    }

    @Override
    public boolean turnOn(String feature) {
        return handle.createUpdate("DELETE FROM gatehouse_feature_switch WHERE feature = :feature")
                        .bind("feature", feature)
                        .execute()
                == 1;
    }

    @Override
    public boolean expire(String feature, Instant now) {
        return handle.createUpdate("DELETE FROM gatehouse_feature_switch WHERE feature = :feature AND until_at <= :now")
                        .bind("feature", feature)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    @Override
    public List<FeatureSwitch> switches() {
        return handle.createQuery("SELECT feature, actor, reason, since_at, until_at FROM gatehouse_feature_switch"
                        + " ORDER BY feature")
                .map((row, context) -> switchOf(row))
                .list();
    }

    private static FeatureSwitch switchOf(ResultSet row) throws SQLException {
        long until = row.getLong("until_at");
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
        return new FeatureSwitch(
                row.getString("feature"),
                row.getString("actor"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("since_at")),
                end);
    }

    @Override
    public void add(FeatureChange change, int keep) {
        handle.createUpdate("INSERT INTO gatehouse_feature_history (at, feature, state, why, actor)"
                        + " VALUES (:at, :feature, :state, :why, :actor)")
                .bind("at", change.at().toEpochMilli())
                .bind("feature", change.feature())
                .bind("state", change.state().word())
                .bind("why", change.why())
                .bind("actor", change.actor())
                .execute();
        handle.createUpdate("DELETE FROM gatehouse_feature_history"
                        + " WHERE id <= (SELECT max(id) FROM gatehouse_feature_history) - :keep")
                .bind("keep", keep)
                .execute();
    }

    @Override
    public List<FeatureChange> history(int most) {
        return handle.createQuery("SELECT at, feature, state, why, actor FROM gatehouse_feature_history"
                        + " ORDER BY id DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> new FeatureChange(
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("feature"),
                        state(row.getString("state")),
                        row.getString("why"),
                        row.getString("actor")))
                .list();
    }

    @Override
    public void seen(Sighting sighting) {
        put("gatehouse_feature_seen", "feature, state", "at")
                .bind("feature", sighting.feature())
                .bind("state", sighting.state().word())
                .bind("at", sighting.at().toEpochMilli())
                .execute();
    }

    @Override
    public List<Sighting> seen() {
        return handle.createQuery("SELECT feature, state, at FROM gatehouse_feature_seen")
                .map((row, context) -> new Sighting(
                        row.getString("feature"),
                        state(row.getString("state")),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .list();
    }

    private static FeatureState state(String word) {
        return FeatureState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** One statement that inserts a row or takes the place of the one with the same key; columns are their bindings. */
    private Update put(String table, String key, String rest) {
        String columns = key + ", " + rest;
        String values = ":" + columns.replace(", ", ", :");
        return handle.createUpdate(
                product() == DatabaseProduct.H2
                        ? "MERGE INTO " + table + " (" + columns + ") KEY (" + key + ") VALUES (" + values + ")"
                        : "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ") ON CONFLICT (" + key
                                + ") DO UPDATE SET " + rest.replaceAll("(\\w+)", "$1 = EXCLUDED.$1"));
    }

    private DatabaseProduct product() {
        try {
            return DatabaseProduct.of(handle.getConnection());
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
