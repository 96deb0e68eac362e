// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.auth.store.AuthUnit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes down every verb that a store is asked, can be down, and can die after so many verbs. */
final class CountingStore implements AuthStore {

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean down;
    final AtomicInteger diesAfter = new AtomicInteger(Integer.MAX_VALUE);

    /** What happens, once, just before a verb of this name. */
    final Map<String, Runnable> before = new ConcurrentHashMap<>();

    private final AuthStore store;

    CountingStore(AuthStore store) {
        this.store = store;
    }

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        return asked("transact", () -> store.transact(unit -> work.apply(watched(unit, AuthUnit.class))));
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return asked("read", () -> store.read(unit -> work.apply(watched(unit, AuthUnit.class))));
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        return asked("rehearse", () -> store.rehearse(work));
    }

    @Override
    public void verifySchema() {
        store.verifySchema();
    }

    private <T> T asked(String how, Supplier<T> work) {
        if (down) {
            throw new AuthStoreException(new SQLException("down"));
        }
        calls.add(how);
        return work.get();
    }

    private <T> T watched(T port, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    Optional.ofNullable(before.remove(method.getName())).ifPresent(Runnable::run);
                    if (diesAfter.getAndDecrement() <= 0) {
                        throw new AuthStoreException(new SQLException("died"));
                    }
                    try {
                        return watchedIfStore(method.invoke(port, arguments), method.getReturnType());
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private <P> Object watchedIfStore(Object result, Class<P> type) {
        return type.getName().endsWith("Store") ? watched(type.cast(result), type) : result;
    }
}
