// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.AccountStore;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.lockout.AttemptStore;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TicketStore;
import dev.gatehouse.jdbc.Tx;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One handle, seen through every port, and what is to be done when it is over. */
record JdbcUnit(Handle handle, List<Runnable> last) implements AuthUnit {

    @Override
    public Tx tx() {
        return new Tx(handle.getConnection());
    }

    @Override
    public void afterwards(Runnable work) {
        last.add(work);
    }

    @Override
    public AccountStore accounts() {
        return new JdbcAccounts(handle);
    }

    @Override
    public SessionStore sessions() {
        return new JdbcSessions(handle);
    }

    @Override
    public TicketStore tickets() {
        return new JdbcTickets(handle);
    }

    @Override
    public AttemptStore attempts() {
        return new JdbcAttempts(handle);
    }

    @Override
    public FactorStore factors() {
        return new JdbcFactors(handle);
    }

    @Override
    public KeyStore keys() {
        return new JdbcKeys(handle);
    }
}
