// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows, fetched while there is time. */
record ResultsHandler(ResultSet results, TimeLimit limit, Statement statement) implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("getStatement")) {
            return statement;
        }
        if (name.equals("next")) {
            limit.requireTime(method);
        }
        boolean ofTheRow = name.startsWith("get") || name.startsWith("was") || name.startsWith("find");
        return ofTheRow || method.getDeclaringClass() == Object.class
                ? TimeLimit.direct(results, method, arguments)
                : limit.call(results, method, arguments);
    }
}
