// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Plays the whole way on the real store and keeps nothing of it: a request waits, is granted once and not twice, and the
 * grant is among the changes that other instances read. Fails too when this instance has stopped looking for changes.
 */
record GrantRehearsal(HigherLimitStore store, InstantSource clock, GrantReader reader, Collection<Raisable> raisable)
        implements Callable<Finding> {

    private static final Duration OLDEST = Duration.ofSeconds(5);
    private static final String ID = "rehearsal";

    @Override
    public Finding call() {
        long age = reader.ageNanos();
        if (age < 0 || age > OLDEST.toNanos()) {
            return Finding.failed("grants made elsewhere do not arrive here: "
                    + (age < 0 ? "the store was never read" : "the store was last read " + age / 1_000_000 + " ms ago")
                    + "; register the HigherLimitsGate");
        }
        Optional<String> problem = raisable.stream()
                .map(limit -> store.rehearse(unit -> play(unit, limit)))
                .flatMap(Optional::stream)
                .findFirst();
        return problem.map(Finding::failed).orElseGet(() -> verified(age));
    }

    private Finding verified(long age) {
        String names = String.join(
                ", ", raisable.stream().map(r -> r.limit().name()).sorted().toList());
        return Finding.verified(
                new Evidence(
                        "a request for a higher limit, granted and read back", names, "rehearsal", clock.instant()),
                new Evidence("changed grants last looked for", age / 1_000_000 + " ms ago", "store", clock.instant()));
    }

    private Optional<String> play(HigherLimitUnit unit, Raisable limit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LimitGrant grant = new LimitGrant(ID, limit.limit().name(), limit.most(), now.plusSeconds(60));
        LimitAnswer answer = new LimitAnswer(Optional.of(grant), ID, "", now);
        long before = unit.version();
        if (!unit.file(new LimitRequest(ID, ID, grant.limit(), limit.most(), ID, now, Optional.empty()))) {
            return Optional.of("a request could not be kept");
        }
        if (!unit.answer(ID, answer) || unit.answer(ID, answer)) {
            return Optional.of("a request was not answered exactly once");
        }
        unit.put(grant);
        return unit.changesAfter(before).grants().contains(grant)
                ? Optional.empty()
                : Optional.of("a grant is not among the changes that instances read");
    }
}
