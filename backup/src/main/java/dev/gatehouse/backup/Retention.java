// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.format.Printable;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.PendingRemoval;
import dev.gatehouse.backup.retention.Planner;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.retention.SweepReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes backups, in steps that people can follow: a {@link #plan} lists what would go and why each other stays; an
 * {@link #approve approval} holds for that state of the store only; and a {@link #sweep} removes what was approved, 24
 * hours later at the earliest, after a newer backup was made, and never what is being read. Every approval, refusal and
 * removal is audited. Thread-safe; several processes may do this at once.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Settings settings;
    private final RetentionSettings retention;
    private final RunLog runs;
    private final AuditSink audit;
    private volatile Optional<RetentionPlan> latest = Optional.empty();
    private @Nullable RetentionJob job;

    Retention(Settings settings, RetentionSettings retention, RunLog runs) {
        this.settings = settings;
        this.retention = retention;
        this.runs = runs;
        this.audit = settings.operations().audit();
    }

    private synchronized RetentionJob job() throws IOException {
        if (job == null) {
            job = new RetentionJob(settings, retention);
        }
        return job;
    }

    /** Which backups may go. */
    public RetentionPolicy policy() {
        return retention.policy();
    }

    /** The plan that was made last; asks no store. */
    public Optional<RetentionPlan> latest() {
        return latest;
    }

    /** Reads the store and says what would go. Changes nothing. */
    public RetentionPlan plan() throws IOException {
        RetentionPlan plan = job().plan(job().holdings(), running());
        latest = Optional.of(plan);
        return plan;
    }

    private Set<String> running() {
        return runs.all().stream()
                .filter(run -> run.status() == Status.RUNNING)
                .map(Run::id)
                .collect(Collectors.toSet());
    }

    /** Lets go what {@code plan} lists; refused unless the store still is as it was when the plan was made. */
    public synchronized Approval approve(RetentionPlan plan, Actor actor) throws IOException {
        Holdings holdings = job().holdings();
        RetentionPlan present = job().plan(holdings, running());
        if (!present.state().equals(plan.state()) || !present.entries().equals(plan.entries())) {
            return refuse(actor, "the store has changed since this plan was made; make another", Optional.empty());
        }
        RetentionPlan approved = new RetentionPlan(
                present.state(),
                present.entries(),
                plan.leftovers().stream().filter(present.leftovers()::contains).toList(),
                present.warnings(),
                present.provenBy());
        return approved.isEmpty()
                ? refuse(actor, "there is nothing to remove", Optional.empty())
                : condemn(holdings, approved, actor);
    }

    /**
     * Lets go one backup, whatever its age. Refused for the newest, for the last good one and whatever is newer, and
     * when too few that have passed a drill would remain.
     */
    public synchronized Approval remove(String backup, String reason, Actor actor) throws IOException {
        Holdings holdings = job().holdings();
        List<Candidate> candidates = job().candidates(holdings);
        Optional<String> objection = holdings.rollback().or(() -> objection(candidates, backup));
        if (objection.isPresent()) {
            return refuse(actor, objection.get(), Optional.of(backup));
        }
        List<Entry> entries = candidates.stream()
                .filter(candidate -> candidate.backup().equals(backup))
                .map(candidate -> new Entry(candidate, false, Printable.of(reason)))
                .toList();
        return condemn(
                holdings, new RetentionPlan("", entries, List.of(), List.of(), Planner.lastGood(candidates)), actor);
    }

    private Optional<String> objection(List<Candidate> candidates, String backup) {
        Optional<Candidate> asked = candidates.stream()
                .filter(candidate -> candidate.backup().equals(backup))
                .findFirst();
        if (asked.isEmpty()) {
            return Optional.of("there is no such backup, or it was approved to go already");
        }
        List<Candidate> others = candidates.stream()
                .filter(candidate -> candidate.standing() == Candidate.Standing.PROVEN
                        && !candidate.backup().equals(backup))
                .toList();
        if (others.size() < policy().minimumProven()) {
            return Optional.of("only " + others.size() + " of at least " + policy().minimumProven()
                    + " others have passed a drill; drill a newer backup first");
        }
        return others.get(0).sequence() > asked.get().sequence()
                ? Optional.empty()
                : Optional.of("no newer backup has passed a drill; this is the last good one, or newer than it");
    }

    private Approval condemn(Holdings holdings, RetentionPlan plan, Actor actor) throws IOException {
        List<String> ids = new ArrayList<>(plan.leftovers());
        plan.removals().forEach(entry -> ids.add(entry.candidate().backup()));
        // First the record: what cannot be told to the audit log is not done.
        audit.append(AuditEvent.success("backup.removal.approved", actor, null)
                .with("source", settings.source().name())
                .with("backups", abbreviated(ids))
                .with("proven-by", plan.provenBy().map(Candidate::backup).orElse("none")));
        Instant now = settings.surroundings().clock().instant();
        LOG.info("{} approved that {} backups go", actor, ids.size());
        return new Approval.Approved(job().condemn(holdings, plan, actor.toString(), now));
    }

    private Approval refuse(Actor actor, String reason, Optional<String> backup) {
        LOG.warn("a removal was refused: {}", reason);
        audit.append(AuditEvent.denied("backup.removal.refused", actor, null)
                .with("source", settings.source().name())
                .with("backups", backup.orElse("plan"))
                .with("reason", reason));
        return new Approval.Refused("backup.retention: " + reason);
    }

    private static String abbreviated(List<String> ids) {
        String shown = ids.stream().limit(20).collect(Collectors.joining(" "));
        return ids.size() > 20 ? shown + " and " + (ids.size() - 20) + " more" : shown;
    }

    /** What was approved to go and is still there, newest first. Reads the store. */
    public List<PendingRemoval> pending() throws IOException {
        return RetentionJob.pending(job().holdings());
    }

    /** Takes back the approval to remove {@code backup}; false when there is none, or it is too late. */
    public synchronized boolean spare(String backup, Actor actor) throws IOException {
        boolean spared = job().spare(job().holdings(), backup);
        if (spared) {
            audit.append(
                    AuditEvent.success("backup.removal.withdrawn", actor, null).with("backups", backup));
        }
        return spared;
    }

    /** Removes what was approved and is due. What is in the way is told, and tried again next time. */
    public synchronized SweepReport sweep() throws IOException {
        try {
            SweepReport report = job().sweep(settings.surroundings().clock().instant());
            if (!report.removed().isEmpty()) {
                LOG.info("removed {} backups", report.removed().size());
                audit.append(AuditEvent.success("backup.removed", Actor.system("backup"), null)
                        .with("source", settings.source().name())
                        .with("backups", abbreviated(report.removed())));
            }
            return report;
        } catch (BackupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What the timetable does each hour: sweeps, plans, and approves when that was asked for. Never throws. */
    void tend() {
        try {
            sweep();
            RetentionPlan plan = plan();
            if (retention.unattended() && !plan.isEmpty()) {
                approve(plan, Actor.system("backup"));
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("retention could not do its work, so everything stays", e);
        }
    }
}
