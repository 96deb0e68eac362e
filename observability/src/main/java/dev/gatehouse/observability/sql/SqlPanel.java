// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.insight.Panel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the consoles see: the pools, and the twenty statements that took most of the time. */
record SqlPanel(Recorder recorder, List<PoolWatch> pools, Duration threshold) implements Panel {

    private static final int ROWS = 20;
    private static final int LONGEST = 240;

    @Override
    public String title() {
        return "Database";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("statements", String.format(Locale.ROOT, "%.0f", recorder.executions())),
                new Fact(
                        "slow, " + threshold.toMillis() + " ms or longer",
                        String.format(Locale.ROOT, "%.0f", recorder.slow())),
                new Fact("failed", String.format(Locale.ROOT, "%.0f", recorder.errors())));
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "Pools",
                        List.of("pool", "in use", "idle", "waiting", "mean wait", "longest wait", "timeouts"),
                        pools.stream().map(SqlPanel::row).toList()),
                new Table(
                        "Statements that took most of the time",
                        List.of(
                                "statement",
                                "executions",
                                "slow",
                                "errors",
                                "rows",
                                "total",
                                "mean",
                                "p95",
                                "max",
                                "slowest for"),
                        recorder.table().summaries().stream()
                                .limit(ROWS)
                                .map(SqlPanel::row)
                                .toList()));
    }

    private static List<String> row(PoolWatch pool) {
        return List.of(
                pool.name(),
                pool.active() + pool.view().map(view -> " of " + view.max()).orElse(""),
                pool.view().map(view -> Integer.toString(view.idle())).orElse("not known"),
                Integer.toString(pool.waiting()),
                millis(pool.acquired() == 0 ? 0 : pool.nanos() / pool.acquired()),
                millis(pool.longest()),
                Long.toString(pool.timeouts()));
    }

    private static List<String> row(StatementSummary each) {
        return List.of(
                cut(each.statement()),
                Long.toString(each.counts().executions()),
                Long.toString(each.counts().slow()),
                Long.toString(each.counts().errors()),
                Long.toString(each.counts().rows()),
                millis(each.times().total()),
                millis(each.mean().toNanos()),
                millis(each.times().p95()),
                millis(each.times().max()),
                (each.worst().route() + " " + each.worst().requestId()).strip());
    }

    private static String cut(String statement) {
        return statement.length() <= LONGEST ? statement : statement.substring(0, LONGEST) + " …";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
