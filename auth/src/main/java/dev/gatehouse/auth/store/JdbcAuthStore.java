// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.jdbc.SchemaCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The store in a database, through Jdbi. */
final class JdbcAuthStore implements AuthStore {

    private final DataSource source;
    private final Jdbi jdbi;

    JdbcAuthStore(DataSource source) {
        this.source = source;
        // Otherwise what a failed statement is logged with has the values in it: addresses, hashes, seeds.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        return finished(last -> jdbi.inTransaction(handle -> work.apply(new JdbcUnit(handle, last))));
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return finished(last -> jdbi.withHandle(handle -> work.apply(new JdbcUnit(handle, last))));
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        return finished(last -> jdbi.inTransaction(handle -> undone(new JdbcUnit(handle, last), work)));
    }

    @Override
    public void verifySchema() {
        SchemaCheck.verify(source, SCHEMA);
    }

    private static <T> T undone(JdbcUnit unit, Function<AuthUnit, T> work) {
        try {
            return work.apply(unit);
        } finally {
            unit.handle().rollback();
        }
    }

    private static <T> T finished(Function<List<Runnable>, T> work) {
        List<Runnable> last = new ArrayList<>();
        try {
            return work.apply(last);
        } catch (JdbiException e) {
            throw new AuthStoreException(e);
        } finally {
            last.forEach(Runnable::run);
        }
    }
}
