// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

/** Where a requirement stands, from the worst to the best. */
public enum ReadinessStatus {
    /** A probe found that it does not hold. */
    FAILED(true),
    /** Its evidence is too old to count. */
    STALE(true),
    /** It could not be found out, or nothing looked. */
    UNKNOWN(true),
    /** It does not hold or is not known to, and somebody signed a deferral that has not expired. */
    WAIVED(true),
    /** Somebody vouches for it until a date. */
    ATTESTED(false),
    /** A probe found that it holds. */
    VERIFIED(false),
    /** It is never demanded. */
    EXEMPT(false);

    private final boolean open;

    ReadinessStatus(boolean open) {
        this.open = open;
    }

    /** Whether something is still to be done. */
    public boolean open() {
        return open;
    }
}
