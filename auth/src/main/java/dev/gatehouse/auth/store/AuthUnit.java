// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.AccountStore;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.lockout.AttemptStore;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TicketStore;
import dev.gatehouse.jdbc.Tx;

/** One unit of work: every port, over the same connection. Used by one thread, and not after the work is done. */
public interface AuthUnit {

    /** The open transaction, for what must be kept if and only if this work is. */
    Tx tx();

    /** Has {@code work} run when this unit is over, whether it was kept or not. It must not throw. */
    void afterwards(Runnable work);

    /** Accounts. */
    AccountStore accounts();

    /** Sessions. */
    SessionStore sessions();

    /** Tickets. */
    TicketStore tickets();

    /** Attempts. */
    AttemptStore attempts();

    /** Second factors. */
    FactorStore factors();

    /** API keys. */
    KeyStore keys();
}
