// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A reviewed statement by a person about one requirement.
 *
 * @param name the entry's name in the file
 * @param id the requirement's ID
 * @param kind what is stated
 * @param owner the role that answers for it
 * @param reason why
 * @param signed the day it was made
 * @param expires the last day on which it counts, in UTC
 */
public record SignOff(
        String name, String id, Kind kind, String owner, String reason, LocalDate signed, LocalDate expires) {

    /** What is stated. */
    public enum Kind {
        /** It holds: people have looked. */
        ATTEST,
        /** It does not hold yet, and that is accepted until the expiry. */
        DEFER
    }

    boolean expired(Instant now) {
        return today(now).isAfter(expires);
    }

    static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    Evidence evidence() {
        String what = kind == Kind.ATTEST ? "attestation" : "deferral";
        String value = reason + " (" + owner + ", until " + expires + ")";
        return new Evidence(
                what,
                value,
                "sign-off " + name,
                signed.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
