// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.insight.Panel;
import java.util.ArrayList;
import java.util.List;

/** What the consoles show of backups. */
record BackupPanel(Backups backups) implements Panel {

    private static final int ROWS = 20;

    @Override
    public String title() {
        return "Backups";
    }

    @Override
    public List<Fact> facts() {
        Holdings holdings = backups.runner().state().holdings();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Newest backup", holdings.newest().map(BackupPanel::text).orElse("none")));
        facts.add(new Fact(
                "Last drill", holdings.newestProof().map(BackupPanel::text).orElse("none")));
        facts.add(new Fact("Alarms", String.valueOf(holdings.alarms().size())));
        backups.runner().state().trouble().ifPresent(trouble -> facts.add(new Fact("Trouble", trouble)));
        return facts;
    }

    private static String text(Held newest) {
        return "number " + newest.name().sequence() + " of " + newest.timing().snapshotAt() + ", " + newest.bytes()
                + " bytes";
    }

    private static String text(Proof proof) {
        return (proof.passed() ? "passed" : "failed") + " at "
                + proof.measured().startedAt() + ": " + proof.detail();
    }

    @Override
    public List<Table> tables() {
        List<List<String>> runs =
                backups.list().stream().limit(ROWS).map(BackupPanel::row).toList();
        List<List<String>> alarms = backups.runner().state().holdings().alarms().stream()
                .map(List::of)
                .toList();
        Table last =
                new Table("Runs", List.of("Kind", "Status", "Started", "Seconds", "Bytes", "Backup", "Detail"), runs);
        return alarms.isEmpty() ? List.of(last) : List.of(new Table("Alarms", List.of("What"), alarms), last);
    }

    private static List<String> row(Run run) {
        return List.of(
                run.kind().toString(),
                run.status().toString(),
                run.startedAt().toString(),
                "%.1f".formatted(run.seconds()),
                String.valueOf(run.bytes()),
                run.backup().orElse(""),
                run.detail());
    }
}
