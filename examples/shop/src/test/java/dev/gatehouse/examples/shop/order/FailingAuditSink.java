// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.jdbc.Tx;

/** An audit sink that cannot write. */
final class FailingAuditSink implements AuditSink {

    @Override
    public void append(Tx tx, AuditEvent event) {
        throw new IllegalStateException("no audit");
    }

    @Override
    public void append(AuditEvent event) {
        throw new IllegalStateException("no audit");
    }
}
