// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.jdbc.Tx;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The row that says where the queue is at home, and whether it is held back. Every pick reads it in its own statement, so
 * that what it says holds on every instance from the next pick on. Thread-safe.
 */
record Home(Jdbi jdbi) {

    private static final String HELD = "EXISTS (SELECT 1 FROM gatehouse_queue_state held WHERE held.quarantined"
            + " AND (held.held_before IS NULL OR enqueued_at <= held.held_before))";

    /** What a pick adds to its condition. */
    static final String NOT_QUARANTINED = " AND NOT " + HELD;

    /** The condition of the jobs that are held back. */
    static final String QUARANTINED = " AND " + HELD;

    private static final int LONGEST = 300;

    /** Why the queue is held back; empty when it is not. */
    Optional<String> quarantined() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT reason FROM gatehouse_queue_state WHERE id = 1 AND quarantined")
                        .mapTo(String.class)
                        .findOne());
    }

    /** Holds back what was enqueued until now: what a copy holds that the original may have done since. */
    static void holdWhatIsThere(Tx tx, String reason, Instant now) {
        hold(JobTable.in(tx), reason, now, now);
    }

    /** Holds back everything. */
    void holdAll(String reason, Instant now) {
        jdbi.useHandle(handle -> hold(handle, reason, now, null));
    }

    private static void hold(Handle handle, String reason, Instant now, @Nullable Instant before) {
        handle.createUpdate("UPDATE gatehouse_queue_state SET quarantined = TRUE, reason = :reason, since = :now,"
                        + " held_before = :before WHERE id = 1 AND (quarantined = FALSE OR held_before IS NOT NULL)")
                .bind("reason", cut(reason))
                .bind("now", JobTable.at(now))
                .bind("before", before == null ? null : JobTable.at(before))
                .execute();
    }

    /** Lets the queue go on, from now on at home here; false when it was not held back. */
    boolean release(String home) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE gatehouse_queue_state SET quarantined = FALSE,"
                                        + " reason = NULL, since = NULL, held_before = NULL, home = COALESCE(CAST(:home AS VARCHAR(300)), home) WHERE id = 1 AND quarantined")
                        .bind("home", home.isEmpty() ? null : cut(home))
                        .execute()
                == 1);
    }

    /** Moves in when nobody lives here yet; holds the queue back when it is at home somewhere else. */
    void enter(String home, Instant now) {
        jdbi.useTransaction(handle -> {
            String known = known(handle);
            if (known == null) {
                handle.execute("UPDATE gatehouse_queue_state SET home = ? WHERE id = 1", cut(home));
            } else if (!Objects.equals(known, cut(home))) {
                hold(handle, "it is at home at " + known + " and this is " + cut(home), now, now);
            }
        });
    }

    private static @Nullable String known(Handle handle) {
        return handle.createQuery("SELECT home FROM gatehouse_queue_state WHERE id = 1 FOR UPDATE")
                .map((row, context) -> Optional.ofNullable(row.getString(1)))
                .one()
                .orElse(null);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
