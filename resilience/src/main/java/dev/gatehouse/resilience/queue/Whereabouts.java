// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.jdbc.DatabaseProduct;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Which database this is, by what a copy of it does not share: on PostgreSQL the cluster and the database's number in it,
 * which a dump that is restored under the same name does not have; on H2 the file.
 */
record Whereabouts(JobTable table) {

    /** Empty for a database in memory. */
    String here() {
        return table.product() == DatabaseProduct.POSTGRESQL ? postgresql() : file().orElse("");
    }

    /** On H2, whether an interrupt of a thread that writes leaves the database open. */
    boolean bearsInterrupts() {
        return table.product() != DatabaseProduct.H2
                || path().map(path -> path.startsWith("async:") || path.startsWith("retry:"))
                        .orElse(true);
    }

    private Optional<String> file() {
        return path().map(path -> "h2:" + path.replaceFirst("^(async|retry|nio|file):", ""));
    }

    private Optional<String> path() {
        return table.product() == DatabaseProduct.H2
                ? table.jdbi().withHandle(handle -> text(handle, "CALL DATABASE_PATH()"))
                : Optional.empty();
    }

    private String postgresql() {
        String number = table.jdbi()
                .withHandle(
                        handle -> text(handle, "SELECT oid::text FROM pg_database WHERE datname = current_database()"))
                .orElse("");
        return "postgresql:" + cluster() + "/" + number;
    }

    // Some hosts forbid the function; the database's number alone still tells most copies.
    private String cluster() {
        try {
            return table.jdbi()
                    .withHandle(handle -> text(handle, "SELECT system_identifier::text FROM pg_control_system()"))
                    .orElse("");
        } catch (JdbiException e) {
            return "";
        }
    }

    private static Optional<String> text(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((row, context) -> Optional.ofNullable(row.getString(1)))
                .one();
    }
}
