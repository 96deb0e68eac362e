// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.Verification;
import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.Candidate.Standing;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport.Damage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each backup is worth: what its drills and the verifications say of it. */
public final class Standings {

    private final Holdings holdings;
    private final Set<String> damaged;

    private Standings(Holdings holdings) {
        this.holdings = holdings;
        this.damaged = damaged(holdings);
    }

    /** All backups that nobody has approved to go, newest first; those that are too small are suspect. */
    public static List<Candidate> of(Holdings holdings) {
        Standings standings = new Standings(holdings);
        Set<ManifestName> condemned = condemned(holdings);
        return holdings.backups().stream()
                .filter(holding -> !condemned.contains(holding.name()))
                .map(standings::candidate)
                .toList();
    }

    public static Set<ManifestName> condemned(Holdings holdings) {
        Set<ManifestName> names = new HashSet<>();
        holdings.tombstones().forEach(stone -> names.add(new ManifestName(stone.sequence(), stone.backup())));
        return names;
    }

    /** The backups that a verification found damaged, since all were last read whole and found well. */
    public static Set<String> damaged(Holdings holdings) {
        Set<String> damaged = new HashSet<>();
        for (Verification verification : holdings.verifications()) {
            verification.report().damages().stream().map(Damage::backup).forEach(damaged::add);
            if (verification.report().level() == VerifyLevel.FULL
                    && verification.report().complete()) {
                break;
            }
        }
        return damaged;
    }

    private Candidate candidate(Holding holding) {
        ManifestName name = holding.name();
        if (!(holding instanceof Held held)) {
            return new Candidate(name.sequence(), name.backup(), Optional.empty(), 0, Standing.UNREADABLE);
        }
        Optional<Instant> at = Optional.of(held.timing().snapshotAt());
        return new Candidate(name.sequence(), name.backup(), at, held.bytes(), standing(held));
    }

    private Standing standing(Held held) {
        Optional<Proof> last = lastDrill(held);
        boolean failed = last.isPresent() && !last.get().passed();
        if (failed
                || held.bytes() < holdings.leastBytes()
                || damaged.contains(held.name().backup())) {
            return Standing.SUSPECT;
        }
        return last.isPresent() ? Standing.PROVEN : Standing.UNPROVEN;
    }

    /** The last drill of the very manifest that is there. */
    private Optional<Proof> lastDrill(Held held) {
        return holdings.proofs().stream()
                .filter(proof -> proof.backup().equals(held.name().backup())
                        && proof.manifestSha256().equals(held.sha256()))
                .findFirst();
    }
}
