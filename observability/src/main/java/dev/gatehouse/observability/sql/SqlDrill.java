// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Whether the watch sees: a statement is executed through each watched source and must appear, without its literal, and with
 * a connection that is given back. Fails too when somebody waited for a connection in vain since the start.
 */
record SqlDrill(SqlWatch watch) implements Callable<Finding> {

    private static final String STATEMENT = "SELECT 'gatehouse' AS drill";

    @Override
    public Finding call() throws SQLException {
        if (watch.sources().isEmpty()) {
            return Finding.failed("no data source is watched: wrap the pool with SqlWatch.wrap");
        }
        List<String> problems = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        boolean known = true;
        for (WatchedDataSource source : watch.sources()) {
            drill(source, problems);
            judge(source.pool(), problems);
            evidence.add(pool(source.pool()));
            known &= source.pool().view().isPresent();
        }
        evidence.add(statements());
        Evidence[] all = evidence.toArray(Evidence[]::new);
        if (!problems.isEmpty()) {
            return Finding.failed(String.join("; ", problems), all);
        }
        return known
                ? Finding.verified(all)
                : new Finding.Unknown("how large a pool is, is not known: give SqlWatch.wrap a PoolView", List.of(all));
    }

    private void drill(WatchedDataSource source, List<String> problems) throws SQLException {
        String fingerprint = Fingerprint.of(STATEMENT);
        long before = watch.recorder().table().countOf(fingerprint);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(STATEMENT)) {
            while (rows.next()) {
                // Read to the end, as an application would.
            }
        }
        if (watch.recorder().table().countOf(fingerprint) <= before) {
            problems.add("a statement of '" + source.pool().name() + "' was not seen");
        }
    }

    private static void judge(PoolWatch pool, List<String> problems) {
        if (pool.timeouts() > 0) {
            problems.add(
                    pool.timeouts() + " requests of '" + pool.name() + "' got no connection in time since the start");
        }
    }

    private Evidence pool(PoolWatch pool) {
        String max = pool.view().map(view -> " of at most " + view.max()).orElse("");
        return evidence(
                "pool '" + pool.name() + "'",
                pool.active() + max + " connections in use, " + pool.waits() + " waits of 10 ms or longer, longest "
                        + pool.longest() / 1_000_000 + " ms");
    }

    private Evidence statements() {
        return evidence(
                "statements since the start, and those of "
                        + watch.settings().threshold().toMillis() + " ms or longer",
                String.format(
                        Locale.ROOT,
                        "%.0f and %.0f",
                        watch.recorder().executions(),
                        watch.recorder().slow()));
    }

    private Evidence evidence(String what, String value) {
        return new Evidence(what, value, "drill", watch.settings().clock().instant());
    }
}
