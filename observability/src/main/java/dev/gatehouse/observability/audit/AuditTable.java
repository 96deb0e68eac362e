// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of the audit log, the same on H2 and PostgreSQL. */
final class AuditTable {

    private static final String INSERT = """
            INSERT INTO gatehouse_audit
                (id, at, action, actor_kind, actor_id, subject, outcome, request_id, details)
            VALUES (:id, :at, :action, :actorKind, :actorId, :subject, :outcome, :requestId, :details)
            """;

    private static final String COLUMNS = "id, at, action, actor_kind, actor_id, subject, outcome, request_id, details";

    private AuditTable() {}

    static void insert(Handle handle, AuditEntry entry) {
        handle.createUpdate(INSERT)
                .bind("id", entry.id())
                .bind("at", timestamp(entry.time()))
                .bind("action", entry.action())
                .bind("actorKind", entry.actor().kind().name())
                .bind("actorId", entry.actor().id())
                .bind("subject", entry.subject().orElse(null))
                .bind("outcome", entry.outcome().name())
                .bind("requestId", entry.requestId().orElse(null))
                .bind("details", entry.details())
                .execute();
    }

    static boolean holds(Handle handle, AuditEvent event) {
        return handle.createQuery("SELECT count(*) FROM gatehouse_audit WHERE subject = :subject AND action = :action")
                        .bind("subject", event.subject().orElse(null))
                        .bind("action", event.action())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static AuditPage find(Handle handle, AuditQuery query) {
        Optional<Long> before = query.cursor().flatMap(cursor -> position(handle, cursor));
        if (query.cursor().isPresent() && before.isEmpty()) {
            return AuditPage.UnknownCursor.INSTANCE;
        }
        // One more than a page, to know whether another page follows.
        List<AuditEntry> found = select(handle, query, before);
        boolean more = found.size() > query.limit();
        List<AuditEntry> page = more ? found.subList(0, query.limit()) : found;
        return new AuditPage.Events(
                page, more ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
    }

    // A cursor is the ID of the page's last event: opaque, and it tells nothing of how many events there are.
    private static Optional<Long> position(Handle handle, String cursor) {
        return handle.createQuery("SELECT seq FROM gatehouse_audit WHERE id = :id")
                .bind("id", cursor)
                .mapTo(Long.class)
                .findOne();
    }

    private static List<AuditEntry> select(Handle handle, AuditQuery query, Optional<Long> before) {
        var select = handle.createQuery(sql(query, before)).bind("limit", query.limit() + 1);
        query.account().ifPresent(account -> select.bind("account", account));
        query.from().ifPresent(from -> select.bind("from", timestamp(from)));
        query.to().ifPresent(to -> select.bind("to", timestamp(to)));
        before.ifPresent(seq -> select.bind("before", seq));
        return select.map(AuditTable::entry).list();
    }

    private static String sql(AuditQuery query, Optional<Long> before) {
        List<String> conditions = new ArrayList<>();
        query.account().ifPresent(account -> conditions.add("subject = :account"));
        query.from().ifPresent(from -> conditions.add("at >= :from"));
        query.to().ifPresent(to -> conditions.add("at < :to"));
        before.ifPresent(seq -> conditions.add("seq < :before"));
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT " + COLUMNS + " FROM gatehouse_audit" + where + " ORDER BY seq DESC LIMIT :limit";
    }

    private static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEntry(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("action"),
                new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id")),
                Optional.ofNullable(row.getString("subject")),
                AuditEvent.Outcome.valueOf(row.getString("outcome")),
                Optional.ofNullable(row.getString("request_id")),
                row.getString("details"));
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
