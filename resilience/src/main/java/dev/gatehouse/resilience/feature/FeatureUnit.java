// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.jdbc.Tx;
import java.time.Instant;
import java.util.List;

/** One transaction on the store of features; every verb is atomic. Used by one thread. */
public interface FeatureUnit {

    /** The transaction, for what must be kept together with it. */
    Tx tx();

    /** Turns a feature off, in the place of an earlier switch of it. */
    void turnOff(FeatureSwitch change);

    /** Turns it on; false when it was not off: of two who do so at once, one is told true. */
    boolean turnOn(String feature);

    /** Turns it on if its switch is over at {@code now}: of all instances that see it, one is told true. */
    boolean expire(String feature, Instant now);

    /** All switches, whether they are over or not. */
    List<FeatureSwitch> switches();

    /** Adds to the history, and forgets all but the newest {@code keep} lines. */
    void add(FeatureChange change, int keep);

    /** The newest lines of the history, newest first. */
    List<FeatureChange> history(int most);

    /** Notes that a user was told of this state of a feature; the latest time counts. */
    void seen(Sighting sighting);

    /** When users were told of which state last. */
    List<Sighting> seen();

    /**
     * That users were told.
     *
     * @param feature of which feature
     * @param state of which state
     * @param at when, last
     */
    record Sighting(String feature, FeatureState state, Instant at) {}
}
