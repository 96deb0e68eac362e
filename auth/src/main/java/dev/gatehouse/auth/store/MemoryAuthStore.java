// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.jdbc.Tx;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The store in memory: one lock, and a journal by which work that throws is undone. */
final class MemoryAuthStore implements AuthStore {

    private static final Tx NO_DATABASE = new Tx((Connection) Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("auth: a store in memory has no database connection; use"
                        + " AuthStore.jdbc when the mailer or the audit log writes to a database");
            }));

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final MemoryUnit unit = new MemoryUnit(undo, NO_DATABASE);

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        lock.lock();
        boolean done = false;
        try {
            T result = work.apply(unit);
            done = true;
            return result;
        } finally {
            finish(done);
        }
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return transact(work);
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        lock.lock();
        try {
            return work.apply(unit);
        } finally {
            finish(false);
        }
    }

    @Override
    public void verifySchema() {}

    private void finish(boolean keep) {
        if (!keep) {
            undo.forEach(Runnable::run);
        }
        undo.clear();
        List<Runnable> last = List.copyOf(unit.last());
        unit.last().clear();
        lock.unlock();
        last.forEach(Runnable::run);
    }
}
