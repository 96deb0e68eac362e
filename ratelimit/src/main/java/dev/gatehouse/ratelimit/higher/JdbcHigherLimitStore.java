// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.jdbc.SchemaCheck;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The store in a database, through Jdbi. */
final class JdbcHigherLimitStore implements HigherLimitStore {

    /** No look at the grants may hang for long, for the next one waits behind it. */
    private static final int STATEMENT_SECONDS = 5;

    private final DataSource source;
    private final Jdbi jdbi;

    JdbcHigherLimitStore(DataSource source) {
        this.source = source;
        // A failed statement is logged without its values: who asked for what, and why.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
    }

    @Override
    public <T> T transact(Function<HigherLimitUnit, T> work) {
        return guarded(() -> jdbi.inTransaction(handle -> work.apply(new JdbcHigherLimitUnit(handle))));
    }

    @Override
    public <T> T rehearse(Function<HigherLimitUnit, T> work) {
        return guarded(() -> jdbi.inTransaction(handle -> undone(handle, work)));
    }

    @Override
    public void verifySchema() {
        SchemaCheck.verify(source, SCHEMA);
    }

    private static <T> T undone(Handle handle, Function<HigherLimitUnit, T> work) {
        try {
            return work.apply(new JdbcHigherLimitUnit(handle));
        } finally {
            handle.rollback();
        }
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw new HigherLimitStoreException(e);
        }
    }
}
