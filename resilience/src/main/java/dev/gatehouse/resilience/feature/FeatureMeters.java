// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Counts what features do; labels are the declared features and the three states. */
final class FeatureMeters {

    private final MeterRegistry registry;
    private final Counter failures;
    private final Counter forgotten;

    FeatureMeters(MeterRegistry registry) {
        this.registry = registry;
        this.failures = Counter.builder("gatehouse.feature.store.failures")
                .description("Looks at the store of features that failed; what was known before holds")
                .baseUnit("looks")
                .register(registry);
        this.forgotten = Counter.builder("gatehouse.feature.history.dropped")
                .description("Changes of features that never reached the history, for the store was away too long")
                .baseUnit("changes")
                .register(registry);
    }

    <T> void watch(String feature, T watched, ToDoubleFunction<T> level) {
        Gauge.builder("gatehouse.feature.state", watched, level)
                .description("How a feature stands: 0 up, 1 degraded, 2 off")
                .tag("feature", feature)
                .register(registry);
    }

    void changed(String feature, FeatureState state) {
        Counter.builder("gatehouse.feature.changes")
                .description("Changes of a feature to this state, as this instance sees it")
                .baseUnit("changes")
                .tag("feature", feature)
                .tag("state", state.word())
                .register(registry)
                .increment();
    }

    Counter notices(String feature, FeatureState state) {
        return Counter.builder("gatehouse.feature.notices")
                .description("Times that users were told of this state of a feature")
                .baseUnit("notices")
                .tag("feature", feature)
                .tag("state", state.word())
                .register(registry);
    }

    void failed() {
        failures.increment();
    }

    void dropped() {
        forgotten.increment();
    }
}
