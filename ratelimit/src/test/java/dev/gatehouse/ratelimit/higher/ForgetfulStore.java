// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** A broken store: each answer to a request is taken for the first. */
record ForgetfulStore(HigherLimitStore store) implements HigherLimitStore {

    @Override
    public <T> T transact(Function<HigherLimitUnit, T> work) {
        return store.transact(unit -> work.apply(forgetful(unit)));
    }

    @Override
    public <T> T rehearse(Function<HigherLimitUnit, T> work) {
        return store.rehearse(unit -> work.apply(forgetful(unit)));
    }

    @Override
    public void verifySchema() {
        store.verifySchema();
    }

    private static HigherLimitUnit forgetful(HigherLimitUnit unit) {
        return (HigherLimitUnit) Proxy.newProxyInstance(
                HigherLimitUnit.class.getClassLoader(),
                new Class<?>[] {HigherLimitUnit.class},
                (proxy, method, args) -> {
                    try {
                        Object result = method.invoke(unit, args);
                        return method.getName().equals("answer") ? (Object) true : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
