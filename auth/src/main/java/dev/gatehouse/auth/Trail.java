// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditEvent.Outcome;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.lockout.Stuffing;
import dev.gatehouse.auth.store.AuthUnit;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes this gate's audit events; none of them holds a secret or a mail address. */
final class Trail {

    private final AuditSink sink;

    Trail(AuditSink sink) {
        this.sink = sink;
    }

    AuditSink sink() {
        return sink;
    }

    /** An account did something to itself, in the transaction that did it. */
    void did(AuthUnit unit, String action, String account) {
        sink.append(unit.tx(), AuditEvent.success(action, Actor.account(account), account));
    }

    /** Somebody did something to an account, in the transaction that did it. */
    void did(AuthUnit unit, String action, Actor actor, @Nullable String account) {
        sink.append(unit.tx(), AuditEvent.success(action, actor, account));
    }

    /** This was done, in the transaction that did it. */
    void did(AuthUnit unit, AuditEvent event) {
        sink.append(unit.tx(), event);
    }

    /** The same with what it was changed to. */
    void changed(AuthUnit unit, String action, Actor actor, String account, String to) {
        Map<String, String> details = Map.of("to", to);
        sink.append(unit.tx(), new AuditEvent(action, actor, account, Outcome.SUCCESS, details));
    }

    /** A pattern over many accounts. */
    void suspected(Stuffing seen) {
        AuditEvent event = new AuditEvent(
                "auth.stuffing.suspected",
                Actor.system("auth"),
                null,
                Outcome.FAILURE,
                Map.of("pattern", seen.pattern().label(), "identifiers", Integer.toString(seen.identifiers())));
        InetAddress from = seen.address();
        sink.append(from == null ? event : event.with("from", from.getHostAddress()));
    }

    /** Somebody unknown did what only a thief or a broken client does, in the transaction that acts on it. */
    void noticed(AuthUnit unit, String action, String account) {
        sink.append(unit.tx(), new AuditEvent(action, Actor.anonymous(), account, Outcome.DENIED, Map.of()));
    }

    /** This happened, whatever becomes of any transaction. */
    void tell(AuditEvent event) {
        sink.append(event);
    }

    /** Nobody got in. */
    void denied(String action, @Nullable String account, String reason) {
        Map<String, String> details = Map.of("reason", reason);
        sink.append(new AuditEvent(action, Actor.anonymous(), account, Outcome.DENIED, details));
    }
}
