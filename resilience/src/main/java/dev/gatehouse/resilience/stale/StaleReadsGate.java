// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.Gate;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows the caches of last good answers on a panel, writes their copies when the application ends, and answers for F4: every
 * read path that was declared has a cache, and each cache was seen to serve. Thread-safe.
 */
public final class StaleReadsGate implements Gate {

    private final List<StaleCache<?, ?>> caches;
    private final Set<String> paths;
    private final InstantSource clock;

    private StaleReadsGate(List<StaleCache<?, ?>> caches, Set<String> paths, InstantSource clock) {
        this.caches = caches;
        this.paths = paths;
        this.clock = clock;
    }

    /** The gate of these caches. */
    public static StaleReadsGate of(StaleCache<?, ?>... caches) {
        return new StaleReadsGate(List.of(caches), Set.of(), InstantSource.system());
    }

    /** Declares read paths where a stale answer beats none: the readiness report fails for one without a cache of its name. */
    public StaleReadsGate paths(String... names) {
        return new StaleReadsGate(caches, new LinkedHashSet<>(List.of(names)), clock);
    }

    /** Dates the readiness report's evidence. */
    public StaleReadsGate clock(InstantSource value) {
        return new StaleReadsGate(caches, paths, value);
    }

    @Override
    public String name() {
        return "stale-reads";
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return List.of(new ReadinessCheck(
                "F4", "reads answer from what was known, and say so", new StaleDrill(caches, paths, clock)));
    }

    @Override
    public List<Panel> panels() {
        return List.of(new StalePanel(caches));
    }

    /** Writes every copy a last time. */
    @Override
    public void close() {
        caches.forEach(StaleCache::close);
    }
}
