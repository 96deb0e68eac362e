// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Writes down each call of a data source's connections that makes the driver talk to the server. */
final class StatementCount {

    private static final Set<String> TALKING = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeBatch",
            "commit",
            "rollback",
            "isValid",
            "setSavepoint");

    final List<String> calls = new CopyOnWriteArrayList<>();

    DataSource over(DataSource source) {
        return watched(source, DataSource.class);
    }

    private <T> T watched(T target, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (TALKING.contains(method.getName())) {
                        calls.add(method.getName());
                    }
                    try {
                        return watchedIfSql(method.invoke(target, arguments), method.getReturnType());
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private <P> Object watchedIfSql(Object result, Class<P> type) {
        boolean sql = Set.of("Connection", "Statement", "PreparedStatement").contains(type.getSimpleName());
        return sql && result != null ? watched(type.cast(result), type) : result;
    }
}
