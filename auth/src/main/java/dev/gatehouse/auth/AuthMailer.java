// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.jdbc.Tx;

/**
 * Takes mails for delivery. It is called inside this gate's transaction: an implementation writes to a durable outbox
 * through {@code tx}, so that the mail is kept if and only if what it tells about is. It must not talk to a mail server
 * itself, for that would show in the answer's timing. Thread-safe.
 */
@FunctionalInterface
public interface AuthMailer {

    /** Queues {@code mail}; what it throws undoes the transaction. */
    void send(Tx tx, AuthMail mail);
}
