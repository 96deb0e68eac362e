// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.AccountStore;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.lockout.AttemptStore;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TicketStore;
import dev.gatehouse.jdbc.Tx;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Every port over tables in memory. */
record MemoryUnit(
        Tx tx,
        List<Runnable> last,
        AccountStore accounts,
        SessionStore sessions,
        TicketStore tickets,
        AttemptStore attempts,
        FactorStore factors,
        KeyStore keys)
        implements AuthUnit {

    MemoryUnit(Deque<Runnable> undo, Tx tx) {
        this(tx, new MemoryAccounts(undo), new MemoryFactors(undo), undo);
    }

    private MemoryUnit(Tx tx, MemoryAccounts accounts, MemoryFactors factors, Deque<Runnable> undo) {
        this(
                tx,
                new ArrayList<>(),
                accounts,
                new MemorySessions(undo, accounts, factors),
                new MemoryTickets(undo),
                new MemoryAttempts(undo),
                factors,
                new MemoryKeys(undo, accounts));
    }

    @Override
    public void afterwards(Runnable work) {
        last.add(work);
    }
}
