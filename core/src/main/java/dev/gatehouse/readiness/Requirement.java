// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

/**
 * One thing that must hold before a system is called production-ready.
 *
 * @param id its ID, {@code A1}
 * @param title what must hold
 * @param answeredBy who can say whether it does
 * @param rank how grave it is while it does not: 1 is the gravest, 5 the least
 * @param risk what may happen while it does not
 * @param next the next step towards it
 */
public record Requirement(String id, String title, AnsweredBy answeredBy, int rank, String risk, String next) {

    /** Who can say whether a requirement holds. */
    public enum AnsweredBy {
        /** A probe of the running application. */
        LIBRARY,
        /** People, by an attestation. */
        PEOPLE,
        /** A probe for one half and people for the other. */
        BOTH,
        /** Nobody: it is listed and never demanded. */
        EXEMPT
    }

    /** Refuses an entry from which nobody could work. */
    public Requirement {
        if (!id.matches("[A-Z][0-9]{1,2}") || title.isBlank() || risk.isBlank() || next.isBlank()) {
            throw new IllegalArgumentException(
                    "catalogue: " + id + " needs an ID like A1, a title, a risk and a next step");
        }
        if (rank < 1 || rank > 5) {
            throw new IllegalArgumentException("catalogue: rank of " + id + " was " + rank + " but must be 1 to 5");
        }
    }

    /** Whether the library itself can check it, or its own half of it. */
    public boolean automatic() {
        return answeredBy == AnsweredBy.LIBRARY || answeredBy == AnsweredBy.BOTH;
    }
}
