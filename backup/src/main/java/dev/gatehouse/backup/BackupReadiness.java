// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holding.Unreadable;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the readiness report asks about backups. Each answer rests on what the store holds, read for the question. */
record BackupReadiness(Settings settings, Runner runner, StoreWatch watch) {

    /** A drill older than this proves nothing about today. */
    static final Duration LONGEST_PROOF = Duration.ofDays(60);

    List<ReadinessCheck> checks() {
        return List.of(
                new ReadinessCheck("C1", "backups run on their schedule", this::scheduled),
                new ReadinessCheck("C3", "a backup was restored and the application worked on it", this::drilled),
                new ReadinessCheck(
                        "C5", "backups are encrypted, and the key at hand opens them and is rotated", this::encrypted),
                new ReadinessCheck("C6", "a restored backup had the schema it was made with", this::unchanged));
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }

    private State read() {
        runner.refresh();
        return runner.state();
    }

    private Finding scheduled() {
        State state = read();
        Optional<Held> newest = state.holdings().newest();
        if (state.trouble().isPresent()) {
            return Finding.unknown(state.trouble().get());
        }
        if (settings.backups().isEmpty()) {
            return Finding.failed("no schedule is set; call backUpEvery when building Backups");
        }
        if (newest.isEmpty()) {
            return Finding.failed("there is no backup yet");
        }
        Evidence evidence = evidence(newest.get());
        return unwell(state)
                .map(reason -> Finding.failed(reason, evidence))
                .orElseGet(() -> Finding.verified(evidence));
    }

    private Optional<String> unwell(State state) {
        if (!state.holdings().alarms().isEmpty()) {
            return Optional.of(state.holdings().alarms().get(0));
        }
        return new Signs(settings, runner.log())
                .of(state, now()).stream()
                        .filter(sign -> sign.grave() || sign.kind() == Sign.Kind.SLOW)
                        .findFirst()
                        .map(Sign::what)
                        .or(() -> runner.log()
                                .lastEnded(Kind.BACKUP)
                                .filter(run -> run.status() == Status.FAILED)
                                .map(run -> "the last backup failed: " + run.detail()));
    }

    private Evidence evidence(Held newest) {
        return new Evidence(
                "newest backup, number " + newest.name().sequence(),
                newest.bytes() + " bytes, taken " + newest.timing().snapshotAt() + ", due "
                        + settings.backups()
                                .map(due -> due.schedule().describe())
                                .orElse("on request"),
                "the store's manifest",
                newest.timing().snapshotAt());
    }

    private Finding drilled() {
        return proven(proof -> proof.probed()
                ? Finding.verified(evidence(proof))
                : new Finding.Unknown(
                        "the last drill restored and compared, but nothing booted the application on the result;"
                                + " give a drillProbe when building Backups",
                        List.of(evidence(proof))));
    }

    private Finding unchanged() {
        return proven(proof -> Finding.verified(evidence(proof)));
    }

    private Finding proven(Function<Proof, Finding> fresh) {
        State state = read();
        if (state.trouble().isPresent()) {
            return Finding.unknown(state.trouble().get());
        }
        Optional<Proof> last = state.holdings().newestProof();
        if (last.isEmpty()) {
            return Finding.unknown("no drill was made yet");
        }
        Proof proof = last.get();
        if (!proof.passed()) {
            return Finding.failed("the last drill failed: " + proof.detail(), evidence(proof));
        }
        if (!stands(proof, state.holdings())) {
            return Finding.failed(
                    "backup " + proof.backup() + ", which the last drill proved, is not in the store as it was",
                    evidence(proof));
        }
        boolean old = Duration.between(proof.measured().startedAt(), now()).compareTo(LONGEST_PROOF) > 0;
        return old
                ? Finding.stale("the last drill is more than " + LONGEST_PROOF.toDays() + " days ago", evidence(proof))
                : fresh.apply(proof);
    }

    /** A proof is of a manifest: when that was deleted or replaced, it is of nothing that is there. */
    private static boolean stands(Proof proof, Holdings holdings) {
        return holdings.backups().stream()
                .anyMatch(holding -> holding instanceof Held readable
                        && readable.name().backup().equals(proof.backup())
                        && readable.sha256().equals(proof.manifestSha256()));
    }

    private static Evidence evidence(Proof proof) {
        Proof.Measured measured = proof.measured();
        return new Evidence(
                "drill of backup " + proof.backup(),
                "recovery time " + measured.recoveryMillis() + " ms, recovery point " + measured.lossMillis() + " ms, "
                        + proof.checks().size() + " checks",
                "proof " + proof.drill(),
                measured.startedAt());
    }

    private Finding encrypted() {
        State state = read();
        if (state.trouble().isPresent()) {
            return Finding.unknown(state.trouble().get());
        }
        Optional<Holding> first = state.holdings().backups().stream().findFirst();
        if (first.isEmpty()) {
            return Finding.unknown("there is no backup yet to open");
        }
        if (first.get() instanceof Unreadable unreadable) {
            return Finding.failed(String.valueOf(unreadable.why().getMessage()));
        }
        Held newest = (Held) first.get();
        Optional<StoreState.Trouble> refused = watch.states().stream()
                .flatMap(store -> store.trouble().stream())
                .filter(trouble -> trouble.kind() == StoreState.Trouble.Kind.CREDENTIALS)
                .findFirst();
        if (refused.isPresent()) {
            return Finding.failed(refused.get().message());
        }
        return new KeyReadiness(settings, runner).judge(newest, state.holdings());
    }
}
