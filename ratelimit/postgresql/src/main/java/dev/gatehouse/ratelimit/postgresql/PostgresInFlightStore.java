// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.InFlightLimit;
import dev.gatehouse.ratelimit.InFlightStore;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Requests in flight: a row for each key and limit, with the permits that are out. One statement a verb. */
final class PostgresInFlightStore implements InFlightStore {

    private static final int ATTEMPTS = 3;

    private final Workers workers;

    PostgresInFlightStore(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Permit acquire(LimitKey key, InFlightLimit limit) {
        return workers.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LimitSql.ACQUIRE)) {
                statement.setBytes(1, bytes(key, limit));
                statement.setLong(2, limit.permits());
                statement.setLong(3, limit.lease().toNanos());
                return acquire(statement, key, limit);
            }
        });
    }

    /** No answer: the row was made by another statement while this one ran, and is full. The next one reads it. */
    private static Permit acquire(PreparedStatement statement, LimitKey key, InFlightLimit limit) throws SQLException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    long id = row.getLong(1);
                    return row.wasNull()
                            ? new Permit.Refused(Duration.ofNanos(row.getLong(3)))
                            : new Permit.Held(key, limit, id, row.getLong(2));
                }
            }
        }
        throw new LimitStoreException("postgresql: a permit's row was not found");
    }

    @Override
    public boolean renew(Permit.Held permit) {
        return workers.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LimitSql.RENEW)) {
                statement.setBytes(1, bytes(permit.key(), permit.limit()));
                statement.setLong(2, permit.id());
                statement.setLong(3, permit.limit().lease().toNanos());
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void release(Permit.Held permit) {
        int unused = workers.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LimitSql.RELEASE)) {
                statement.setLong(1, permit.id());
                statement.setBytes(2, bytes(permit.key(), permit.limit()));
                statement.setLong(3, permit.id());
                return statement.executeUpdate();
            }
        });
    }

    /** The limit's name first: it has no colon, so that no key can pass for another limit's. */
    private static byte[] bytes(LimitKey key, InFlightLimit limit) {
        byte[] name = (limit.name() + ':').getBytes(StandardCharsets.US_ASCII);
        byte[] id = Asked.bytes(key);
        return ByteBuffer.allocate(name.length + id.length).put(name).put(id).array();
    }
}
