// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.Errors.Kind;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What databases say, by SQLSTATE (ISO/IEC 9075, with the additions of PostgreSQL and H2). */
final class SqlErrors {

    private static final int DEEPEST = 10;
    private static final int CLASS_LENGTH = 2;

    /** Cancelled on request: only timeouts ask for it. */
    private static final String CANCELLED = "57014";

    /** Serialization failure, deadlock, and a lock that was not to be had. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

    /** Constraints, data, syntax and permissions, unsupported features, check options, what procedures raise. */
    private static final Set<String> ANSWERS = Set.of("02", "0A", "21", "22", "23", "42", "44", "P0");

    /** A transaction that an earlier answer ended. */
    private static final String ABORTED_TRANSACTION = "25P02";

    private SqlErrors() {}

    /** The first SQL exception among an exception and its causes: mappers wrap them. */
    static Optional<SQLException> in(@Nullable Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof SQLException sql) {
                return Optional.of(sql);
            }
            each = each.getCause();
        }
        return Optional.empty();
    }

    static Kind kind(SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        if (thrown instanceof SQLTimeoutException || state.equals(CANCELLED)) {
            return Kind.TIMEOUT;
        }
        if (CONFLICTS.contains(state)) {
            return Kind.CONFLICT;
        }
        boolean answered = state.length() > CLASS_LENGTH && ANSWERS.contains(state.substring(0, CLASS_LENGTH));
        return answered || state.equals(ABORTED_TRANSACTION) ? Kind.ANSWER : Kind.FAILURE;
    }
}
