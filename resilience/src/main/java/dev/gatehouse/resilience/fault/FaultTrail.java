// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who injected what, and how it ended. */
final class FaultTrail {

    private static final Logger LOG = LoggerFactory.getLogger(FaultTrail.class);

    private final AuditSink audit;
    private final ChangeSink changes;

    FaultTrail(AuditSink audit, ChangeSink changes) {
        this.audit = audit;
        this.changes = changes;
    }

    /** Throws when it cannot be audited: then it must not happen. */
    void injected(ActiveFault active) {
        audit.append(AuditEvent.success("fault.injected", active.by(), null)
                .with("fault", active.fault().toString())
                .with("seed", Long.toString(active.fault().seed().orElse(0)))
                .with("number", Long.toString(active.number()))
                .with("until", active.until().toString()));
        changes.record(new ChangeSink.Change("fault", "fault injected: " + active.fault(), active.by()));
    }

    void refused(Fault fault, Actor actor) {
        audit.append(AuditEvent.denied("fault.refused", actor, null).with("fault", fault.toString()));
    }

    /** The fault has ended: that it could not be audited does not bring it back, and is told in the log. */
    void ended(ActiveFault active, Actor actor, String why) {
        changes.record(new ChangeSink.Change("fault", "fault ended (" + why + "): " + active.fault(), actor));
        try {
            audit.append(AuditEvent.success("fault.ended", actor, null)
                    .with("fault", active.fault().toString())
                    .with("number", Long.toString(active.number()))
                    .with("why", why));
        } catch (RuntimeException e) {
            LOG.error("the end of fault {} ({}) could not be audited: {}", active.number(), active.fault(), why, e);
        }
    }
}
