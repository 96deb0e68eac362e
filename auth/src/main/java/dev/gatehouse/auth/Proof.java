// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;

/** Writes this gate's evidence. */
record Proof(InstantSource clock) {

    static final String SOURCE = "gatehouse-auth";

    Evidence of(String what, String value) {
        return new Evidence(what, value, SOURCE, clock.instant());
    }

    /** Verified, unless there is a fault. */
    static Finding judged(String fault, Evidence... evidence) {
        return fault.isEmpty() ? Finding.verified(evidence) : Finding.failed(fault, evidence);
    }
}
