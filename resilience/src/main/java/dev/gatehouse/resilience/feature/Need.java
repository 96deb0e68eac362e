// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.GuardState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a feature needs. Unless {@link #optional}, the feature is off when it is; an optional one that is down or
 * degraded degrades it. Immutable.
 */
public final class Need {

    private final String name;
    private final boolean required;
    private final @Nullable Supplier<FeatureState> probe;

    private Need(String name, boolean required, @Nullable Supplier<FeatureState> probe) {
        this.name = name;
        this.required = required;
        this.probe = probe;
    }

    /** The dependency behind this guard: down while its circuit is not closed. */
    public static Need guard(Guard guard) {
        return new Need(
                guard.name(), true, () -> guard.state() == GuardState.CLOSED ? FeatureState.UP : FeatureState.OFF);
    }

    /** Another feature, by its name, in whatever state it is, turned off by hand included. */
    public static Need feature(String name) {
        return new Need(name, true, null);
    }

    /** Anything else, a queue for example. {@code state} is asked often and must answer at once; what it throws counts as off. */
    public static Need of(String name, Supplier<FeatureState> state) {
        return new Need(name, true, state);
    }

    /** The same, but the feature works without it, if not as well. */
    public Need optional() {
        return new Need(name, false, probe);
    }

    String name() {
        return name;
    }

    boolean isRequired() {
        return required;
    }

    boolean isFeature() {
        return probe == null;
    }

    /** How what is needed stands; for anything but a feature. */
    FeatureState state() {
        try {
            return probe == null ? FeatureState.UP : probe.get();
        } catch (RuntimeException e) {
            return FeatureState.OFF;
        }
    }

    /** How the feature stands for this need alone, when what it needs stands so. */
    FeatureState effect(FeatureState state) {
        return required || state == FeatureState.UP ? state : FeatureState.DEGRADED;
    }

    /** The same need of something that stands as {@code state} says: for drills. */
    Need standing(Supplier<FeatureState> state) {
        return isFeature() ? this : new Need(name, required, state);
    }
}
