// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.runbook.RunbookSettings;
import dev.gatehouse.backup.store.Place;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the readiness report asks about the care that backups get: how long, where, guarded by what, restored by whom. */
record OperationsReadiness(Settings settings, Runner runner, StoreWatch watch) {

    private static final Duration SLACK = Duration.ofHours(1);

    List<ReadinessCheck> checks() {
        return List.of(
                new ReadinessCheck("C2", "backups are kept long enough for the recovery point", this::kept),
                new ReadinessCheck(
                        "C4", "a copy lies where the loss of the primary region does not reach", this::apart),
                new ReadinessCheck("C7", "PostgreSQL can be restored to a point in time", OperationsReadiness::inTime),
                new ReadinessCheck("C8", "what destroys data asks for a proven backup first", this::guarded),
                new ReadinessCheck("C9", "a written procedure has measured times", this::written));
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }

    private Finding kept() {
        runner.refresh();
        State state = runner.state();
        if (state.trouble().isPresent()) {
            return Finding.unknown(state.trouble().get());
        }
        Optional<RetentionPolicy> policy = settings.operations().retention().map(RetentionSettings::policy);
        if (policy.isEmpty()) {
            return Finding.failed("no retention policy is set; call retention when building Backups");
        }
        Evidence evidence =
                new Evidence("retention policy", policy.get().describe(), "the configuration of Backups", now());
        return unkept(policy.get(), state)
                .map(reason -> Finding.failed(reason, evidence))
                .orElseGet(() -> good(state, evidence));
    }

    private static Finding good(State state, Evidence policy) {
        return state.holdings()
                .newestProven()
                .map(proven -> Finding.verified(
                        policy,
                        new Evidence(
                                "last good backup, which nothing removes",
                                "number " + proven.sequence() + " of " + proven.snapshotAt(),
                                "its proof and the store",
                                proven.provenAt())))
                .orElseGet(() -> new Finding.Unknown(
                        "no backup has passed a drill, so which is the last good one is not known; drill one",
                        List.of(policy)));
    }

    /** A schedule or a gap that is longer than what may be lost. */
    private Optional<String> unkept(RetentionPolicy policy, State state) {
        Optional<Duration> step = settings.backups().map(due -> {
            Instant next = due.schedule().next(now());
            return Duration.between(next, due.schedule().next(next));
        });
        if (step.isEmpty() || step.get().compareTo(policy.recoveryPoint()) > 0) {
            return Optional.of(
                    "backups are made " + step.map(every -> "each " + every).orElse("on request only") + " but at most "
                            + policy.recoveryPoint() + " may be lost");
        }
        return gap(policy, state);
    }

    private Optional<String> gap(RetentionPolicy policy, State state) {
        List<Held> held = state.holdings().backups().stream()
                .filter(Held.class::isInstance)
                .map(Held.class::cast)
                .toList();
        Duration most = policy.recoveryPoint().plus(SLACK);
        for (int i = 1; i < held.size(); i++) {
            Instant newer = held.get(i - 1).timing().snapshotAt();
            Instant older = held.get(i).timing().snapshotAt();
            boolean within = newer.isAfter(now().minus(policy.keepFor()));
            if (within && Duration.between(older, newer).compareTo(most) > 0) {
                return Optional.of("between " + older + " and " + newer + " there is no backup, though at most "
                        + policy.recoveryPoint() + " may be lost");
            }
        }
        return Optional.empty();
    }

    private Finding apart() {
        List<StoreState> stores = watch.states();
        List<Evidence> evidence =
                stores.stream().map(OperationsReadiness::evidence).toList();
        boolean here = stores.stream().allMatch(store -> store.place().kind().equals("directory"));
        if (here && stores.size() == 1) {
            return new Finding.Failed(
                    "all backups lie in one directory; mirror them to a store in another region", evidence);
        }
        Optional<String> home = settings.operations().primaryRegion();
        if (home.isEmpty()) {
            return new Finding.Unknown(
                    "in which region the application runs is not told; call primaryRegion when building Backups",
                    evidence);
        }
        return stores.stream().anyMatch(store -> isAway(store, home.get()))
                ? new Finding.Verified(evidence)
                : new Finding.Failed("no copy that is well lies outside of " + home.get(), evidence);
    }

    private static boolean isAway(StoreState store, String home) {
        boolean behind = store.mirror()
                .filter(report -> report.trouble().isPresent()
                        || report.missing() > 0
                        || !report.alarms().isEmpty())
                .isPresent();
        return store.trouble().isEmpty()
                && store.provenAt().isPresent()
                && !behind
                && store.place().region().filter(region -> !region.equals(home)).isPresent();
    }

    private static Evidence evidence(StoreState store) {
        Place place = store.place();
        return new Evidence(
                "copy " + place.name(),
                place.kind() + " " + place.where()
                        + place.region().map(region -> " in " + region).orElse(""),
                "reading and writing it",
                store.provenAt().orElse(Instant.EPOCH));
    }

    private static Finding inTime() {
        return Finding.unknown("a restore goes back to a backup, not to any point between; back up as often as the"
                + " recovery point demands, or archive the write-ahead log with another tool and attest it");
    }

    private Finding guarded() {
        Optional<DestructiveGuard> guard = settings.operations().guard();
        if (guard.isEmpty()) {
            return Finding.failed(
                    "nothing that destroys data asks for a backup first; ask a DestructiveGuard in the migrations, and name"
                            + " it when building Backups");
        }
        List<Evidence> evidence = new ArrayList<>(List.of(new Evidence(
                "guard of migrations and deletions", guard.get().describe(), "the configuration of Backups", now())));
        if (!guard.get().lifted().isEmpty()) {
            return new Finding.Failed("the guard is lifted for " + guard.get().lifted(), evidence);
        }
        runner.refresh();
        Optional<ProvenBackup> proven = runner.state().holdings().newestProven();
        if (proven.isEmpty() || runner.state().trouble().isPresent()) {
            return new Finding.Unknown("there is nothing proven by which a migration could be reversed", evidence);
        }
        evidence.add(new Evidence(
                "what a migration is reversed by",
                "backup " + proven.get().backup() + ", restored in "
                        + proven.get().recoveryMillis() + " ms",
                "its proof",
                proven.get().provenAt()));
        return new Finding.Verified(evidence);
    }

    private Finding written() {
        Optional<RunbookSettings> runbook = settings.operations().runbook().map(RunbookOrder::says);
        if (runbook.isEmpty()) {
            return Finding.failed("no runbook is written; call runbook when building Backups");
        }
        runner.refresh();
        Optional<ProvenBackup> proven = runner.state().holdings().newestProven();
        if (proven.isEmpty() || runner.state().trouble().isPresent()) {
            return Finding.unknown("the runbook has no measured times, for no backup has passed a drill");
        }
        Evidence evidence = new Evidence(
                "runbook of " + runbook.get().service(),
                "restored and checked in " + proven.get().recoveryMillis() + " ms, promised "
                        + runbook.get().recoveryTime(),
                "the drill of backup " + proven.get().backup(),
                proven.get().provenAt());
        if (Duration.between(proven.get().provenAt(), now()).compareTo(BackupReadiness.LONGEST_PROOF) > 0) {
            return Finding.stale("its times are more than 60 days old", evidence);
        }
        return proven.get().recoveryMillis() > runbook.get().recoveryTime().toMillis()
                ? Finding.failed("a restore takes longer than was promised", evidence)
                : Finding.verified(evidence);
    }
}
