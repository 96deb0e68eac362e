// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Declares features. Unless said otherwise switches live in memory, a feature counts as better after 30 seconds, and nobody
 * is told of changes. Not thread-safe.
 */
public final class FeaturesBuilder {

    private static final int MOST = 100;

    private final Map<String, Feature> features = new LinkedHashMap<>();
    private FeatureStore store = FeatureStore.inMemory();
    private Duration steadyFor = Duration.ofSeconds(30);
    private AuditSink audit = AuditSink.none();
    private ChangeSink changes = ChangeSink.none();
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private MeterRegistry meters = new CompositeMeterRegistry();

    FeaturesBuilder() {}

    /** Adds features, at most 100; a name counts once. */
    public FeaturesBuilder features(Feature... added) {
        for (Feature feature : added) {
            if (features.put(feature.name(), feature) != null) {
                throw new IllegalArgumentException("resilience.feature: two features are named '" + feature.name()
                        + "' but their names must differ");
            }
        }
        return this;
    }

    /** Where switches and history are kept. */
    public FeaturesBuilder store(FeatureStore value) {
        store = value;
        return this;
    }

    /** How long what a feature needs must have been better before the feature counts as better: nought to an hour. */
    public FeaturesBuilder steadyFor(Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "resilience.feature.steadyFor: was " + value + " but must be PT0S to PT1H");
        }
        steadyFor = value;
        return this;
    }

    /** Where switches by hand are audited, in the transaction that sets them. */
    public FeaturesBuilder audit(AuditSink value) {
        audit = value;
        return this;
    }

    /** Who is told what changed. */
    public FeaturesBuilder changes(ChangeSink value) {
        changes = value;
        return this;
    }

    /** Elapsed time. */
    public FeaturesBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Wall-clock time. */
    public FeaturesBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where states and notices are counted. */
    public FeaturesBuilder meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** The features; refused when one needs another that was not declared, or needs itself, by whatever detour. */
    public Features build() {
        if (features.size() > MOST) {
            throw new IllegalArgumentException("resilience.feature: " + features.size()
                    + " features were declared but at most " + MOST + " may be");
        }
        features.values().forEach(feature -> follow(feature, new ArrayDeque<>()));
        return new Features(
                List.copyOf(features.values()),
                store,
                steadyFor,
                new FeatureWorld(ticker, clock, audit, changes, new FeatureMeters(meters)));
    }

    private void follow(Feature feature, Deque<String> way) {
        if (way.contains(feature.name())) {
            throw new IllegalArgumentException(
                    "resilience.feature." + feature.name() + ": needs itself, through " + way);
        }
        way.addLast(feature.name());
        for (Need need : feature.needs()) {
            if (need.isFeature()) {
                Feature other = features.get(need.name());
                if (other == null) {
                    throw new IllegalArgumentException("resilience.feature." + feature.name() + ": needs the feature '"
                            + need.name() + "', which was not declared");
                }
                follow(other, way);
            }
        }
        way.removeLast();
    }
}
