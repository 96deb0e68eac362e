// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.jdbc.SchemaCheck;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The store in a database, through Jdbi. */
final class JdbcAuthStore implements AuthStore {

    private final DataSource source;
    private final Jdbi jdbi;

    JdbcAuthStore(DataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        return guarded(() -> jdbi.inTransaction(handle -> work.apply(new JdbcUnit(handle))));
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return guarded(() -> jdbi.withHandle(handle -> work.apply(new JdbcUnit(handle))));
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        return guarded(() -> jdbi.inTransaction(handle -> undone(handle, work)));
    }

    @Override
    public void verifySchema() {
        SchemaCheck.verify(source, SCHEMA);
    }

    private static <T> T undone(Handle handle, Function<AuthUnit, T> work) {
        try {
            return work.apply(new JdbcUnit(handle));
        } finally {
            handle.rollback();
        }
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw new AuthStoreException(e);
        }
    }
}
