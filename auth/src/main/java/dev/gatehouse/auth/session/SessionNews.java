// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.jdbc.Tx;

/**
 * Tells the other instances of an application that they should forget an account's cached sessions. It only makes them
 * forget sooner: without it, or while it is down, they do so within {@link TokenCache#LONGEST}.
 */
public interface SessionNews {

    /** Tells them, if and when the transaction is committed. */
    void tell(Tx tx, String account);

    /** Tells nobody: for a single instance, and for those that five seconds are soon enough for. */
    static SessionNews none() {
        return (tx, account) -> {};
    }
}
