// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which events to show, newest first. Immutable; begin with {@link #everything()} and narrow it down.
 *
 * @param account only events that concern this account, by its opaque ID
 * @param from only events of this instant or later
 * @param to only events before this instant
 * @param cursor only what follows the page that ended with this cursor
 * @param limit how many events a page holds, 1 to 200
 */
public record AuditQuery(
        Optional<String> account, Optional<Instant> from, Optional<Instant> to, Optional<String> cursor, int limit) {

    /** The largest page. */
    public static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 50;

    /** Refuses a page size out of bounds. */
    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("audit.query: limit was " + limit + " but must be 1 to " + MAX_LIMIT);
        }
    }

    /** Every event, 50 a page. */
    public static AuditQuery everything() {
        return new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_LIMIT);
    }

    /** Narrowed to events that concern this account. */
    public AuditQuery account(String id) {
        return new AuditQuery(Optional.of(id), from, to, cursor, limit);
    }

    /** Narrowed to events of this instant or later. */
    public AuditQuery from(Instant first) {
        return new AuditQuery(account, Optional.of(first), to, cursor, limit);
    }

    /** Narrowed to events before this instant. */
    public AuditQuery to(Instant end) {
        return new AuditQuery(account, from, Optional.of(end), cursor, limit);
    }

    /** The page that follows the one whose {@link AuditPage.Events#next()} this is. */
    public AuditQuery cursor(String after) {
        return new AuditQuery(account, from, to, Optional.of(after), limit);
    }

    /** With this page size, 1 to 200. */
    public AuditQuery limit(int events) {
        return new AuditQuery(account, from, to, cursor, events);
    }
}
