// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.insight;

import dev.gatehouse.audit.Actor;

/** Where changes are told: deploys, grants, injected faults, flags. Answers "what just changed". Thread-safe. */
@FunctionalInterface
public interface ChangeSink {

    /** Records a change; never throws. */
    void record(Change change);

    /** A sink that keeps nothing. */
    static ChangeSink none() {
        return change -> {};
    }

    /**
     * Something that changed.
     *
     * @param kind a word: {@code deploy}, {@code grant}, {@code fault}, {@code flag}
     * @param what a sentence for people
     * @param actor who changed it
     */
    record Change(String kind, String what, Actor actor) {}
}
