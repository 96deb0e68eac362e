// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.List;

/**
 * Where one requirement stands.
 *
 * @param requirement the requirement
 * @param status where it stands
 * @param reasons why, for people, the worst first; empty when there is nothing to explain
 * @param evidence what it rests on, of every check and sign-off
 * @param next the next step; empty when nothing is to be done
 */
public record ReadinessItem(
        Requirement requirement, ReadinessStatus status, List<String> reasons, List<Evidence> evidence, String next) {

    /** Freezes the lists. */
    public ReadinessItem {
        reasons = List.copyOf(reasons);
        evidence = List.copyOf(evidence);
    }

    /** The requirement's ID. */
    public String id() {
        return requirement.id();
    }
}
