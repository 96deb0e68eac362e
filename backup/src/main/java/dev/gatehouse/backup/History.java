// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.catalogue.Holding;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.Verification;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of runs: those of this process, and those of every process that left something in the store. */
final class History {

    static final int MOST = 200;

    private History() {}

    /**
     * Runs, newest first, those in progress before all others. Backups stand in the order of their numbers, and a drill
     * stands after its backup, also when the clock was set back between them.
     */
    static List<Run> list(Holdings holdings, List<Run> log) {
        Map<String, Placed> runs = new HashMap<>();
        backups(holdings, runs);
        proofs(holdings, runs);
        for (Verification verification : holdings.verifications()) {
            runs.put(verification.id(), new Placed(run(verification), verification.startedAt(), runs.size()));
        }
        for (int i = log.size() - 1; i >= 0; i--) {
            Run run = log.get(i);
            Instant at = run.status() == Status.RUNNING ? Instant.MAX : run.startedAt();
            runs.putIfAbsent(run.id(), new Placed(run, at, runs.size()));
        }
        return runs.values().stream()
                .sorted(Comparator.comparing(Placed::at)
                        .thenComparing(Placed::order)
                        .reversed())
                .limit(MOST)
                .map(Placed::run)
                .toList();
    }

    private static void backups(Holdings holdings, Map<String, Placed> runs) {
        Instant place = Instant.MIN;
        for (int i = holdings.backups().size() - 1; i >= 0; i--) {
            Run run = run(holdings.backups().get(i), place);
            place = later(place, run.startedAt());
            runs.put(run.id(), new Placed(run, place, runs.size()));
        }
    }

    private static void proofs(Holdings holdings, Map<String, Placed> runs) {
        for (int i = holdings.proofs().size() - 1; i >= 0; i--) {
            Proof proof = holdings.proofs().get(i);
            Placed backup = runs.get(proof.backup());
            Instant started = proof.measured().startedAt();
            Instant place = backup == null ? started : later(backup.at(), started);
            runs.put(proof.drill(), new Placed(run(proof), place, runs.size()));
        }
    }

    private static Run run(Holding holding, Instant place) {
        String id = holding.name().backup();
        if (holding instanceof Held readable) {
            return new Run(
                    id,
                    Kind.BACKUP,
                    Status.SUCCEEDED,
                    readable.timing().startedAt(),
                    readable.timing().tookMillis() / 1e3,
                    readable.bytes(),
                    Optional.of(id),
                    detail(readable));
        }
        String why = String.valueOf(((Holding.Unreadable) holding).why().getMessage());
        Instant at = place.equals(Instant.MIN) ? Instant.EPOCH : place;
        return new Run(id, Kind.BACKUP, Status.FAILED, at, 0, 0, Optional.of(id), why);
    }

    static Run run(Proof proof) {
        return new Run(
                proof.drill(),
                Kind.DRILL,
                proof.passed() ? Status.SUCCEEDED : Status.FAILED,
                proof.measured().startedAt(),
                proof.measured().tookMillis() / 1e3,
                proof.measured().bytes(),
                Optional.of(proof.backup()),
                proof.detail());
    }

    static Run run(Verification verification) {
        return new Run(
                verification.id(),
                Kind.VERIFY,
                verification.report().passed() ? Status.SUCCEEDED : Status.FAILED,
                verification.startedAt(),
                verification.tookMillis() / 1e3,
                verification.report().bytes(),
                Optional.of(verification.backup()),
                verification.report().detail());
    }

    static String detail(Held made) {
        return "number " + made.name().sequence() + ", from " + made.engine();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record Placed(Run run, Instant at, int order) {}
}
