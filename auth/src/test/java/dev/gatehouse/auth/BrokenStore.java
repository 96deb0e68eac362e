// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/**
 * A store some verbs of which, in a rehearsal, only say that they worked, or do what another verb does.
 *
 * @param verbs what each does in its place; nothing when empty
 * @param store a sound one
 */
record BrokenStore(Map<String, String> verbs, AuthStore store) implements AuthStore {

    BrokenStore(String verb) {
        this(Map.of(verb, ""), AuthStore.inMemory());
    }

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        return store.transact(work);
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        return store.rehearse(unit -> work.apply(broken(unit, AuthUnit.class)));
    }

    @Override
    public void verifySchema() {}

    private <P> P broken(Object port, Class<P> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String instead = verbs.getOrDefault(method.getName(), method.getName());
                    if (instead.isEmpty()) {
                        return method.getReturnType() == int.class ? (Object) 1 : (Object) true;
                    }
                    Method real = type.getMethod(instead, method.getParameterTypes());
                    try {
                        Object result = real.invoke(port, arguments);
                        Class<?> kind = method.getReturnType();
                        return kind.getSimpleName().endsWith("Store") ? broken(result, kind) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
