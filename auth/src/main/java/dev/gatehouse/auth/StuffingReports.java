// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.lockout.Stuffing;
import java.util.Optional;

/** Tells the audit log and the meters of stuffing. It never stands in anybody's way. */
final class StuffingReports {

    private final Parts parts;

    StuffingReports(Parts parts) {
        this.parts = parts;
    }

    /** A sign-in failed, for whatever reason. */
    void failed(LoginAttempt attempt, String identifier) {
        Optional.ofNullable(attempt.address())
                .flatMap(address -> parts.stuffing().from(address, identifier))
                .ifPresent(this::report);
    }

    /** A password was looked at and is wrong. */
    void wrong(LoginAttempt attempt, String identifier) {
        parts.stuffing().with(attempt.password(), identifier).ifPresent(this::report);
    }

    private void report(Stuffing seen) {
        parts.trail().suspected(seen);
        parts.meters().stuffing(seen.pattern());
    }
}
