// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.resilience.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether reads fall back. On a twin of each cache a call succeeds and then fails: what was known must be served, told as
 * stale with its true age and the reason, and no longer once it is too old.
 */
record StaleDrill(List<StaleCache<?, ?>> caches, Set<String> paths, InstantSource clock) implements Callable<Finding> {

    private static final Outcome.Failed<String> DOWN = new Outcome.Failed<>(new IOException("drill"));

    @Override
    public Finding call() {
        if (caches.isEmpty() && paths.isEmpty()) {
            return Finding.unknown("no read path was declared that may answer stale");
        }
        List<String> names = caches.stream().map(StaleCache::name).toList();
        List<String> problems = new ArrayList<>();
        paths.stream()
                .filter(path -> !names.contains(path))
                .forEach(path -> problems.add("the read path '" + path + "' keeps no last good answers"));
        Evidence[] evidence =
                caches.stream().map(cache -> drill(cache, problems)).toArray(Evidence[]::new);
        return problems.isEmpty() ? Finding.verified(evidence) : Finding.failed(String.join("; ", problems), evidence);
    }

    private Evidence drill(StaleCache<?, ?> cache, List<String> problems) {
        String seen = play(cache.settings());
        if (!seen.isEmpty()) {
            problems.add("'" + cache.name() + "' " + seen);
        }
        return new Evidence(
                "'" + cache.name() + "': answers kept, served stale since the start, and oldest allowed",
                cache.size() + ", " + cache.meters().served() + ", " + cache.maxAge(),
                "drill",
                clock.instant());
    }

    /** What is wrong; empty when nothing is. */
    private static String play(StaleSettings settings) {
        AtomicLong nanos = new AtomicLong();
        try (StaleCache<String, String> twin = StaleCache.<String, String>named(settings.name(), 1, settings.maxAge())
                .freshFor(settings.freshFor())
                .pauseAfterFailure(settings.pause())
                .ticker(nanos::get)
                .build()) {
            twin.read("drill", () -> new Outcome.Success<>("known"));
            nanos.addAndGet(settings.freshFor().toNanos() + 1);
            Duration age = Duration.ofNanos(nanos.get());
            if (!twin.read("drill", () -> DOWN).equals(new Outcome.Stale<>("known", age, DOWN))) {
                return "does not answer stale: what is fresh enough is never older than " + settings.freshFor()
                        + ", and kept no longer than " + settings.maxAge();
            }
            nanos.addAndGet(settings.maxAge().toNanos());
            return twin.read("drill", () -> DOWN) instanceof Outcome.Served ? "serves what is too old" : "";
        }
    }
}
