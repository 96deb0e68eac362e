// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.resilience.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A game day as code: the steady state, the faults, what is expected while they are in force, and the recovery. Immutable.
 *
 * <pre>{@code
 * Scenario.named("payments-hang")
 *         .steady("orders are paid", shop::orderIsPaid)
 *         .fault(Fault.of("payments", Duration.ofMinutes(1)).failing(1, FaultKind.hang()))
 *         .opens("payments", Duration.ofSeconds(30))
 *         .throughout("orders are taken within 3 s", shop::orderIsTaken)
 *         .recovers("orders are paid", Duration.ofSeconds(30), shop::orderIsPaid)
 *         .build()
 * }</pre>
 */
public final class Scenario {

    private final String name;
    private final List<Step> steady;
    private final List<Fault> faults;
    private final List<Step> expected;
    private final List<Step> throughout;
    private final List<Opening> opening;
    private final List<Step> recovery;
    private final Duration atLeast;

    private Scenario(Builder builder) {
        name = builder.name;
        steady = List.copyOf(builder.steady);
        faults = List.copyOf(builder.faults);
        expected = List.copyOf(builder.expected);
        throughout = List.copyOf(builder.throughout);
        opening = List.copyOf(builder.opening);
        recovery = List.copyOf(builder.recovery);
        atLeast = builder.atLeast;
    }

    /** A scenario of this name: lower-case words with hyphens, up to 40 characters. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What is made to fail. */
    public List<Fault> faults() {
        return faults;
    }

    List<Step> steady() {
        return steady;
    }

    List<Step> expected() {
        return expected;
    }

    List<Step> throughout() {
        return throughout;
    }

    /** The dependencies whose circuit must be seen to open. */
    List<Opening> opening() {
        return opening;
    }

    List<Step> recovery() {
        return recovery;
    }

    Duration atLeast() {
        return atLeast;
    }

    /** Gathers a scenario. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final List<Step> steady = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final List<Step> expected = new ArrayList<>();
        private final List<Step> throughout = new ArrayList<>();
        private final List<Opening> opening = new ArrayList<>();
        private final List<Step> recovery = new ArrayList<>();
        private Duration atLeast = Duration.ZERO;

        private Builder(String name) {
            this.name = name;
        }

        /** What holds before anything is done, at the first look. */
        public Builder steady(String what, Check check) {
            steady.add(new Step(what, Duration.ZERO, check));
            return this;
        }

        /** What is made to fail; must last longer than any expectation may take. */
        public Builder fault(Fault fault) {
            faults.add(fault);
            return this;
        }

        /** What comes to hold so soon after the fault began. */
        public Builder expect(String what, Duration within, Check check) {
            expected.add(new Step(what, within, check));
            return this;
        }

        /** The circuit of this dependency is seen to open so soon after the fault began. */
        public Builder opens(String dependency, Duration within) {
            opening.add(new Opening(dependency, within));
            return this;
        }

        /** What holds whenever somebody looks while the fault is in force. */
        public Builder throughout(String what, Check check) {
            throughout.add(new Step(what, Duration.ZERO, check));
            return this;
        }

        /** Keeps the fault in force at least so long, though everything expected has been seen. */
        public Builder atLeast(Duration value) {
            atLeast = value;
            return this;
        }

        /** What holds again so soon after the fault ended. */
        public Builder recovers(String what, Duration within, Check check) {
            recovery.add(new Step(what, within, check));
            return this;
        }

        /** The scenario; refused when a part is missing or the fault may end before everything expected was seen. */
        public Scenario build() {
            require(
                    name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") && name.length() <= 40,
                    "its name must be lower-case words with hyphens");
            require(!steady.isEmpty(), "it must say what the steady state is");
            require(!faults.isEmpty(), "it must have a fault");
            require(
                    !(expected.isEmpty() && throughout.isEmpty() && opening.isEmpty()),
                    "it must expect something while the fault is in force");
            require(!recovery.isEmpty(), "it must say what recovers");
            Duration longest = Stream.concat(
                            expected.stream().map(Step::within),
                            opening.stream().map(Opening::within))
                    .reduce(atLeast, Scenario::longer);
            require(
                    faults.stream().allMatch(fault -> fault.lasts().compareTo(longest) > 0),
                    "each fault must last longer than " + longest + ", which its expectations may take");
            return new Scenario(this);
        }

        private void require(boolean rule, String words) {
            if (!rule) {
                throw new IllegalArgumentException("resilience.gameday." + name + ": " + words);
            }
        }
    }

    /**
     * A circuit that must be seen to open.
     *
     * @param dependency its dependency
     * @param within how soon
     */
    record Opening(String dependency, Duration within) {}

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
