// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * One event as the audit log keeps it. Immutable.
 *
 * @param id the event's own opaque ID
 * @param time when it was appended, to the microsecond
 * @param action what was done: {@code auth.login.failed}
 * @param actor who did it
 * @param subject the opaque ID of the account it concerns, if any
 * @param outcome how it ended
 * @param requestId the request in which it happened, if any
 * @param details further facts, a JSON object of strings
 */
public record AuditEntry(
        String id,
        Instant time,
        String action,
        Actor actor,
        Optional<String> subject,
        AuditEvent.Outcome outcome,
        Optional<String> requestId,
        String details) {}
