// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.insight.Panel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
        facts.add(new Fact(
                "Last verification",
                holdings.verifications().stream()
                        .findFirst()
                        .map(verification -> verification.startedAt() + ": "
                                + verification.report().detail())
                        .orElse("none")));
        facts.add(new Fact(
                "Approved to go", String.valueOf(Standings.condemned(holdings).size())));
        backups.runner().state().trouble().ifPresent(trouble -> facts.add(new Fact("Trouble", trouble)));
        return facts;
    }

    /** Runs and retention by hand. */
    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "back-up",
                "Back up now",
                "A backup is made when the runs before it have ended.",
                actor -> asked(actor, backups::submitBackup)));
        actions.add(new Action(
                "drill",
                "Drill the newest backup",
                "It is restored into a private place, and the application is tried on it. What is live stays as it is.",
                actor -> asked(actor, backups::submitDrill)));
        backups.retention().map(BackupPanel::actions).ifPresent(actions::addAll);
        return actions;
    }

    private String asked(Actor actor, Supplier<Submission> run) {
        Submission submission = run.get();
        if (submission instanceof Submission.Refused refused) {
            return refused.reason();
        }
        String id = ((Submission.Accepted) submission).id();
        AuditEvent event = AuditEvent.success("backup.run.asked", actor, null).with("run", id);
        backups.settings().operations().audit().append(event);
        return "Asked for, as run " + id + ". It shows among the runs.";
    }

    private static List<Action> actions(Retention retention) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action(
                "plan-removal",
                "Plan the removal of old backups",
                "Reads the store and lists what would go. Changes nothing.",
                actor -> retention.plan().removals().size() + " backups would go"));
        retention.latest().filter(plan -> !plan.isEmpty()).ifPresent(plan -> actions.add(approval(retention, plan)));
        return actions;
    }

    /** Of the plan that is shown, which its name says: when another one was made, this action is offered no more. */
    private static Action approval(Retention retention, RetentionPlan plan) {
        return new Action(
                "approve-removal-" + plan.id().substring(0, 16),
                "Approve that " + plan.removals().size() + " backups go",
                "They go a day later, after a newer backup was made, and can be had back until then.",
                actor -> approve(retention, plan, actor));
    }

    private static String approve(Retention retention, RetentionPlan plan, Actor actor) throws IOException {
        Approval approval = retention.approve(plan, actor);
        return approval instanceof Approval.Approved approved
                ? approved.backups().size() + " backups go"
                : ((Approval.Refused) approval).reason();
    }

    private static Table plan(RetentionPlan plan) {
        List<List<String>> rows = plan.removals().stream()
                .limit(ROWS)
                .map(entry -> List.of(
                        String.valueOf(entry.candidate().sequence()),
                        entry.candidate().takenAt().map(Object::toString).orElse("?"),
                        entry.candidate().backup(),
                        entry.reason()))
                .toList();
        return new Table("Would be removed", List.of("Number", "Taken", "Backup", "Why"), rows);
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
        List<Table> tables = new ArrayList<>();
        if (!alarms.isEmpty()) {
            tables.add(new Table("Alarms", List.of("What"), alarms));
        }
        tables.add(last);
        backups.retention()
                .flatMap(Retention::latest)
                .filter(plan -> !plan.removals().isEmpty())
                .ifPresent(plan -> tables.add(plan(plan)));
        return tables;
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
