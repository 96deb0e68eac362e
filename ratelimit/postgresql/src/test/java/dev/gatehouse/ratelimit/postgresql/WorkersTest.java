// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ratelimit.LimitStoreException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int POOLS_OWN_MILLIS = 30_000;

    /** A pool of one connection, which looks at nothing when it is given back. */
    private static DataSource poolOf(Connection real) {
        Connection kept = proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("close") ? null : method.invoke(real, arguments));
        return proxy(DataSource.class, (method, arguments) -> kept);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        Object made = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments));
        return type.cast(made);
    }

    @Test
    void givesAConnectionBackAsItWasWhenTheWorkFails() throws SQLException {
        try (Connection real = Databases.migrated().getConnection()) {
            real.setNetworkTimeout(Runnable::run, POOLS_OWN_MILLIS);
            try (Workers workers = new Workers(poolOf(real), Duration.ofSeconds(5), 1)) {
                assertThatThrownBy(() -> workers.run(WorkersTest::nonsense)).isInstanceOf(LimitStoreException.class);
            }
            assertThat(real.getNetworkTimeout()).isEqualTo(POOLS_OWN_MILLIS);
        }
    }

    private static boolean nonsense(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("nonsense");
        }
    }

    @FunctionalInterface
    private interface Answer {
        @Nullable Object to(Method method, Object @Nullable [] arguments) throws Exception;
    }
}
