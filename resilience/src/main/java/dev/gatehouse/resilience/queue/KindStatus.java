// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of job stands.
 *
 * @param kind the kind
 * @param waiting how many wait, those that are not due yet included
 * @param running how many run, on all instances
 * @param lag how long the job that is due longest has been due
 * @param oldest how long ago the oldest that waits or runs was enqueued
 * @param dead how many dead letters there are
 */
public record KindStatus(String kind, long waiting, long running, Duration lag, Duration oldest, long dead) {

    static final String SQL = "SELECT kind, sum(waiting) AS waiting, sum(running) AS running, min(due) AS due,"
            + " min(oldest) AS oldest, sum(dead) AS dead FROM (SELECT task_name AS kind,"
            + " sum(CASE WHEN picked THEN 0 ELSE 1 END) AS waiting, sum(CASE WHEN picked THEN 1 ELSE 0 END) AS running,"
            + " min(CASE WHEN picked OR execution_time > :now THEN NULL ELSE execution_time END) AS due,"
            + " min(enqueued_at) AS oldest, 0 AS dead FROM " + JobTable.NAME + " GROUP BY task_name"
            + " UNION ALL SELECT kind, 0, 0, NULL, NULL, count(*) FROM gatehouse_queue_dead GROUP BY kind) each_kind"
            + " GROUP BY kind ORDER BY kind";

    static KindStatus none(String kind) {
        return new KindStatus(kind, 0, 0, Duration.ZERO, Duration.ZERO, 0);
    }

    KindStatus plus(KindStatus other) {
        return new KindStatus(
                kind,
                waiting + other.waiting,
                running + other.running,
                lag.compareTo(other.lag) > 0 ? lag : other.lag,
                oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest,
                dead + other.dead);
    }

    static KindStatus read(ResultSet row, Instant now) throws SQLException {
        return new KindStatus(
                row.getString("kind"),
                row.getLong("waiting"),
                row.getLong("running"),
                since(row.getObject("due", OffsetDateTime.class), now),
                since(row.getObject("oldest", OffsetDateTime.class), now),
                row.getLong("dead"));
    }

    private static Duration since(@Nullable OffsetDateTime then, Instant now) {
        Duration passed = then == null ? Duration.ZERO : Duration.between(then.toInstant(), now);
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
