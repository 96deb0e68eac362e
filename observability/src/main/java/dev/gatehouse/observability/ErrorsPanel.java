// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.insight.Panel;
import dev.gatehouse.observability.errors.ErrorGroup;
import dev.gatehouse.observability.errors.ErrorLog;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The twenty groups of unhandled errors seen last. */
final class ErrorsPanel implements Panel {

    private static final int ROWS = 20;
    private static final List<String> COLUMNS =
            List.of("Last seen", "Count", "Where", "Error", "Message", "Place", "Request");

    private final ErrorLog errors;

    ErrorsPanel(ErrorLog errors) {
        this.errors = errors;
    }

    @Override
    public String title() {
        return "Errors";
    }

    @Override
    public List<Fact> facts() {
        List<ErrorGroup> groups = errors.groups();
        long count = groups.stream().mapToLong(ErrorGroup::count).sum();
        return List.of(
                new Fact("Groups of errors", Integer.toString(groups.size())),
                new Fact("Errors in these groups", Long.toString(count)));
    }

    @Override
    public List<Table> tables() {
        List<List<String>> rows =
                errors.groups().stream().limit(ROWS).map(ErrorsPanel::row).toList();
        return List.of(new Table("Unhandled errors", COLUMNS, rows));
    }

    private static List<String> row(ErrorGroup group) {
        return List.of(
                group.lastSeen().truncatedTo(ChronoUnit.SECONDS).toString(),
                Long.toString(group.count()),
                group.source().name().toLowerCase(Locale.ROOT),
                group.type(),
                group.message(),
                group.place(),
                group.lastRequestId().orElse(""));
    }
}
