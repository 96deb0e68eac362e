// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.List;

/** What one check found. */
public sealed interface Finding {

    /** What it rests on. */
    List<Evidence> evidence();

    /** The property holds. */
    static Finding verified(Evidence... evidence) {
        return new Verified(List.of(evidence));
    }

    /** The property does not hold. */
    static Finding failed(String reason, Evidence... evidence) {
        return new Failed(reason, List.of(evidence));
    }

    /** It held once, too long ago to count. */
    static Finding stale(String reason, Evidence... evidence) {
        return new Stale(reason, List.of(evidence));
    }

    /** It could not be found out. */
    static Finding unknown(String reason) {
        return new Unknown(reason, List.of());
    }

    /**
     * The property holds.
     *
     * @param evidence at least one piece
     */
    record Verified(List<Evidence> evidence) implements Finding {
        /** Refuses a finding that rests on nothing. */
        public Verified {
            if (evidence.isEmpty()) {
                throw new IllegalArgumentException("readiness: a verified finding needs evidence");
            }
        }
    }

    /**
     * The property does not hold.
     *
     * @param reason why, for people
     * @param evidence what it rests on
     */
    record Failed(String reason, List<Evidence> evidence) implements Finding {}

    /**
     * It held once, too long ago to count.
     *
     * @param reason why, for people
     * @param evidence what it rests on
     */
    record Stale(String reason, List<Evidence> evidence) implements Finding {}

    /**
     * It could not be found out.
     *
     * @param reason why, for people
     * @param evidence what is known nonetheless
     */
    record Unknown(String reason, List<Evidence> evidence) implements Finding {}
}
