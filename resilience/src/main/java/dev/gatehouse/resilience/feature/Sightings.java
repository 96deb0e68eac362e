// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.resilience.feature.FeatureUnit.Sighting;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** When users were told of which state; written down at most once an hour for each. Thread-safe. */
final class Sightings {

    private static final long AGAIN = TimeUnit.HOURS.toMillis(1);

    private final Map<String, Map<FeatureState, Seen>> seen = new LinkedHashMap<>();
    private final InstantSource clock;

    Sightings(List<String> features, FeatureWorld world) {
        this.clock = world.clock();
        for (String feature : features) {
            Map<FeatureState, Seen> states = new EnumMap<>(FeatureState.class);
            for (FeatureState state : FeatureState.values()) {
                states.put(state, new Seen(feature, state, world.meters().notices(feature, state)));
            }
            seen.put(feature, states);
        }
    }

    void told(String feature, FeatureState state) {
        Seen where =
                Objects.requireNonNull(Objects.requireNonNull(seen.get(feature)).get(state));
        where.counter.increment();
        where.at.set(clock.millis());
    }

    /** What is new enough to be written down. */
    List<Sighting> unwritten() {
        return seen.values().stream()
                .flatMap(states -> states.values().stream())
                .filter(Seen::isUnwritten)
                .map(Seen::sighting)
                .toList();
    }

    void written(List<Sighting> sightings) {
        sightings.forEach(sighting -> Objects.requireNonNull(
                        Objects.requireNonNull(seen.get(sighting.feature())).get(sighting.state()))
                .written
                .set(sighting.at().toEpochMilli()));
    }

    private static final class Seen {

        private final String feature;
        private final FeatureState state;
        private final Counter counter;
        private final AtomicLong at = new AtomicLong();
        private final AtomicLong written = new AtomicLong();

        Seen(String feature, FeatureState state, Counter counter) {
            this.feature = feature;
            this.state = state;
            this.counter = counter;
        }

        boolean isUnwritten() {
            return at.get() - written.get() >= AGAIN;
        }

        Sighting sighting() {
            return new Sighting(feature, state, Instant.ofEpochMilli(at.get()));
        }
    }
}
