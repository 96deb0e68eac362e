// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.insight.Panel;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What just changed. */
final class ChangesPanel implements Panel {

    private static final int ROWS = 20;

    private final RecentChanges changes;

    ChangesPanel(RecentChanges changes) {
        this.changes = changes;
    }

    @Override
    public String title() {
        return "Changes";
    }

    @Override
    public List<Table> tables() {
        List<List<String>> rows = changes.newestFirst().stream()
                .limit(ROWS)
                .map(ChangesPanel::row)
                .toList();
        return List.of(new Table("Recent changes", List.of("When", "Kind", "What", "Who"), rows));
    }

    private static List<String> row(RecentChanges.Entry entry) {
        return List.of(
                entry.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                entry.change().kind(),
                entry.change().what(),
                entry.change().actor().toString());
    }
}
