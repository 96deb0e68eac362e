// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

/** What came of turning a feature off or on by hand. */
public sealed interface Switched {

    /**
     * It is done, and holds on every instance within a second.
     *
     * @param feature which one
     * @param state how it stands now
     */
    record Done(String feature, FeatureState state) implements Switched {}

    /** It was on already. */
    record Unchanged() implements Switched {}

    /** No feature has this name. */
    record Unknown() implements Switched {}

    /**
     * Something is out of bounds.
     *
     * @param field which field
     * @param rule what it must be
     */
    record Invalid(String field, String rule) implements Switched {}
}
