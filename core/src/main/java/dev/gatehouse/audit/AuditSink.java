// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.audit;

import dev.gatehouse.jdbc.Tx;
import java.util.Optional;

/**
 * Where gates and the application hand their audit events. Implementations are thread-safe, and keep an event {@link
 * AuditEvent#seenThrough seen through} the current caller, so that no event names a customer where a member of staff
 * acted as one.
 */
public interface AuditSink {

    /** Appends in the caller's transaction: the event is kept if and only if the caller commits. */
    void append(Tx tx, AuditEvent event);

    /** Appends by itself, durably before it returns; throws when it cannot, for a lost event is a lost fact. */
    void append(AuditEvent event);

    /**
     * Whether this transaction sees an event of the same action and subject: how the readiness report finds out that
     * events are kept. Empty when the sink cannot be asked, as by default.
     */
    default Optional<Boolean> holds(Tx tx, AuditEvent event) {
        return Optional.empty();
    }

    /** A sink that keeps nothing, for applications that take a gate without an audit log. */
    static AuditSink none() {
        return new AuditSink() {
            @Override
            public void append(Tx tx, AuditEvent event) {}

            @Override
            public void append(AuditEvent event) {}

            @Override
            public Optional<Boolean> holds(Tx tx, AuditEvent event) {
                return Optional.of(false);
            }
        };
    }
}
