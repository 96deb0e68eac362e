// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.jdbc.Tx;

/** Writes down what was asked and decided: in the audit log with it, among the changes after it. */
record Trail(AuditSink audit, ChangeSink changes) {

    void requested(Tx tx, LimitRequest request) {
        audit.append(
                tx,
                AuditEvent.success("limit.requested", Actor.account(request.account()), request.account())
                        .with("request", request.id())
                        .with("limit", request.limit())
                        .with("wanted", Long.toString(request.wanted()))
                        .with("reason", request.reason()));
    }

    void answered(Tx tx, LimitRequest request, Said said) {
        String action = request.status() == LimitRequest.Status.GRANTED ? "limit.granted" : "limit.refused";
        AuditEvent event = AuditEvent.success(action, said.by(), request.account())
                .with("request", request.id())
                .with("limit", request.limit())
                .with("wanted", Long.toString(request.wanted()))
                .with("remark", said.remark());
        LimitGrant grant = request.answer().flatMap(LimitAnswer::grant).orElse(null);
        audit.append(tx, grant == null ? event : with(event, grant));
    }

    void withdrawn(Tx tx, LimitGrant grant, Said said) {
        AuditEvent event = AuditEvent.success("limit.withdrawn", said.by(), grant.account())
                .with("limit", grant.limit())
                .with("remark", said.remark());
        audit.append(tx, with(event, grant));
    }

    void tell(Ruled ruled, Actor by) {
        if (ruled instanceof Ruled.Done done) {
            done.request()
                    .answer()
                    .flatMap(LimitAnswer::grant)
                    .ifPresent(grant -> changes.record(new ChangeSink.Change(
                            "grant",
                            "The limit '" + grant.limit() + "' of account " + grant.account() + " is " + grant.permits()
                                    + " until " + grant.until(),
                            by)));
        }
    }

    void tellWithdrawn(LimitGrant grant, Actor by) {
        changes.record(new ChangeSink.Change(
                "grant", "The limit '" + grant.limit() + "' of account " + grant.account() + " is as declared", by));
    }

    private static AuditEvent with(AuditEvent event, LimitGrant grant) {
        return event.with("granted", Long.toString(grant.permits()))
                .with("until", grant.until().toString());
    }
}
