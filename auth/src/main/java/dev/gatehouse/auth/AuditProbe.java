// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.util.List;
import java.util.Optional;

/** A10: writes an event in a transaction that is never kept, and asks the sink for it. */
final class AuditProbe {

    private final Parts parts;
    private final Proof proof;

    AuditProbe(Parts parts) {
        this.parts = parts;
        this.proof = new Proof(parts.clock());
    }

    Finding run() {
        AuditSink sink = parts.trail().sink();
        AuditEvent event = AuditEvent.success(
                "readiness.rehearsed", Actor.system("readiness"), parts.tokens().id());
        Optional<Boolean> kept = parts.store().rehearse(unit -> {
            sink.append(unit.tx(), event);
            return sink.holds(unit.tx(), event);
        });
        Evidence evidence = proof.of(
                "an event, written and read back", kept.map(Object::toString).orElse("cannot be asked"));
        return kept.isEmpty()
                ? new Finding.Unknown("the audit sink cannot be asked whether it kept an event", List.of(evidence))
                : Proof.judged(kept.get() ? "" : "the audit sink keeps nothing", evidence);
    }
}
