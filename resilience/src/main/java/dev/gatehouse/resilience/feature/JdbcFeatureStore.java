// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.jdbc.SchemaCheck;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The store in a database, through Jdbi. */
final class JdbcFeatureStore implements FeatureStore {

    /** No look at the switches may hang for long, for the next one waits behind it. */
    private static final int STATEMENT_SECONDS = 5;

    private final DataSource source;
    private final Jdbi jdbi;

    JdbcFeatureStore(DataSource source) {
        this.source = source;
        // A failed statement is logged without its values: who turned off what, and why.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
    }

    @Override
    public <T> T transact(Function<FeatureUnit, T> work) {
        try {
            return jdbi.inTransaction(handle -> work.apply(new JdbcFeatureUnit(handle)));
        } catch (JdbiException e) {
            throw new FeatureStoreException(e);
        }
    }

    @Override
    public void verifySchema() {
        SchemaCheck.verify(source, SCHEMA);
    }
}
