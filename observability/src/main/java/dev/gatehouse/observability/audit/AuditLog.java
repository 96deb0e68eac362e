// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.readiness.Finding;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * The audit log in a table that only grows: it offers no verb that changes or deletes, and the table's triggers refuse
 * both to everybody else (PostgreSQL: UPDATE, DELETE and TRUNCATE; H2: UPDATE and DELETE). Whoever owns the table can
 * drop the triggers, so this keeps out accidents and the application's own faults, not its database's owner.
 *
 * <p>Thread-safe. The time, the request ID of the current {@link RequestContext} and the event's own random ID of 128
 * bits are added here. Details are bounded: see {@link AuditDetails}. A failure to append is thrown, never swallowed.
 */
public final class AuditLog implements AuditSink {

    private static final Schema SCHEMA = Schema.of("observability", "V1__audit.sql");

    private final DataSource source;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final SecureRandom random;

    private AuditLog(DataSource source, InstantSource clock, SecureRandom random) {
        this.source = source;
        // A failed statement is logged without its values: the event itself.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
        this.clock = clock;
        this.random = random;
    }

    /** The log in this database, H2 or PostgreSQL, whose {@link #schema()} was migrated before. */
    public static AuditLog jdbc(DataSource source, InstantSource clock, SecureRandom random) {
        return new AuditLog(source, clock, random);
    }

    /** The tables it needs. */
    public static Schema schema() {
        return SCHEMA;
    }

    @Override
    public void append(Tx tx, AuditEvent event) {
        AuditTable.insert(in(tx), stamp(event));
    }

    @Override
    public void append(AuditEvent event) {
        jdbi.useTransaction(handle -> AuditTable.insert(handle, stamp(event)));
    }

    @Override
    public Optional<Boolean> holds(Tx tx, AuditEvent event) {
        return Optional.of(AuditTable.holds(in(tx), event));
    }

    /** The events that {@code query} asks for. */
    public AuditPage find(AuditQuery query) {
        return jdbi.withHandle(handle -> AuditTable.find(handle, query));
    }

    /**
     * Whether an event is kept and found by its account, and whether the database refuses to change or delete it: tried
     * out in transactions that are rolled back.
     */
    public Finding verifyAppendOnly() {
        return new AppendOnlyProbe(source, this).run(clock.instant());
    }

    AuditEntry stamp(AuditEvent told) {
        RequestContext context = RequestContext.current();
        AuditEvent event = context.caller().map(told::seenThrough).orElse(told);
        byte[] id = new byte[16];
        random.nextBytes(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new AuditEntry(
                HexFormat.of().formatHex(id),
                now,
                event.action(),
                event.actor(),
                event.subject(),
                event.outcome(),
                context.requestId(),
                AuditDetails.toJson(event.details()));
    }

    /** Not to be closed: it owns nothing but the caller's connection. */
    private static Handle in(Tx tx) {
        return Jdbi.open(tx.connection())
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }
}
