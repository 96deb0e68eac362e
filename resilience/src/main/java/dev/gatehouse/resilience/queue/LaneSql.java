// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.gatehouse.jdbc.DatabaseProduct;
import java.time.Instant;
import java.util.List;

/**
 * How db-scheduler picks jobs: those of one kind only, and none while the queue is in quarantine. With its own statements,
 * a scheduler picks every kind, puts back what it does not know, and after a while deletes it.
 */
final class LaneSql extends DefaultJdbcCustomization {

    private static final String ORDER = " ORDER BY priority DESC, execution_time";

    private final String kind;
    private final DatabaseProduct product;
    private final String ownOrLeft;

    LaneSql(String kind, DatabaseProduct product, String ownOrLeft) {
        super(false);
        Rules.requireKind(kind);
        this.kind = kind;
        this.product = product;
        this.ownOrLeft = ownOrLeft;
    }

    @Override
    public String getName() {
        return product.name();
    }

    @Override
    public String getQueryLimitPart(int limit) {
        return " LIMIT " + limit;
    }

    @Override
    public boolean supportsSingleStatementLockAndFetch() {
        return product == DatabaseProduct.POSTGRESQL;
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return product == DatabaseProduct.H2;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String requiredAndCondition, boolean orderByPriority) {
        return "SELECT * FROM " + table + due() + requiredAndCondition + ORDER + getQueryLimitPart(limit)
                + " FOR UPDATE SKIP LOCKED";
    }

    // The array is made once, before the update: as a join it may be evaluated again, and then picks beyond the limit.
    // Rows are found again by where they lie, which cannot change while they are locked.
    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        return context.jdbcRunner.query(
                pick(context.tableName, limit),
                statement -> {
                    statement.setString(1, context.schedulerName.getName());
                    setInstant(statement, 2, now);
                    setInstant(statement, 3, now);
                },
                context.resultSetMapper.get());
    }

    String pick(String table, int limit) {
        return "WITH mine AS (UPDATE " + table
                + " SET picked = TRUE, picked_by = ?, last_heartbeat = ?, version = version + 1"
                + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table + " WHERE NOT picked AND execution_time <= ?"
                + ofKind() + ORDER + getQueryLimitPart(limit)
                + " FOR UPDATE SKIP LOCKED)) RETURNING *) SELECT * FROM mine" + ORDER;
    }

    @Override
    public String createSelectDueQuery(String table, int limit, String andCondition, boolean orderByPriority) {
        return "SELECT * FROM " + table + due() + andCondition + ORDER + getQueryLimitPart(limit);
    }

    private String due() {
        return " WHERE picked = ? AND execution_time <= ?" + ofKind();
    }

    private String ofKind() {
        return " AND task_name = '" + kind + "'" + ownOrLeft + Home.NOT_QUARANTINED;
    }
}
