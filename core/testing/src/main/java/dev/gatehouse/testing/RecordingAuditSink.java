// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.jdbc.Tx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audit sink that keeps events in memory for a test to look at. Thread-safe. */
public final class RecordingAuditSink implements AuditSink {

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void append(Tx tx, AuditEvent event) {
        append(event);
    }

    @Override
    public void append(AuditEvent event) {
        events.add(RequestContext.current().caller().map(event::seenThrough).orElse(event));
    }

    @Override
    public Optional<Boolean> holds(Tx tx, AuditEvent event) {
        return Optional.of(events.stream()
                .anyMatch(kept ->
                        kept.action().equals(event.action()) && kept.subject().equals(event.subject())));
    }

    /** Every event so far, oldest first. */
    public List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** The actions of every event so far, oldest first. */
    public List<String> actions() {
        return events.stream().map(AuditEvent::action).toList();
    }
}
