// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Cidr;
import java.time.Instant;

/**
 * Whom no limit counts, why, and until when: monitoring, a partner's batch, a load test. Addresses are spared the limits
 * by address and route; accounts and API keys all others. Immutable. Exemptions are audited when the gate starts, and
 * again in each hour in which they are used; one whose use cannot be audited does not apply.
 *
 * @param name for metrics and the audit log, as of a {@link Limit}
 * @param kind what {@code who} is
 * @param who a block of addresses as {@code 192.0.2.0/24}, or an ID
 * @param reason for people
 * @param until when it ends
 */
public record Exemption(String name, Kind kind, String who, String reason, Instant until) {

    /** What is exempted. */
    public enum Kind {
        /** A block of client addresses. */
        ADDRESSES,
        /** An account, by its opaque ID. */
        ACCOUNT,
        /** An API key, by its public ID. */
        API_KEY
    }

    /** Refuses one without a reason, and a block that is none. */
    public Exemption {
        Limit.requireName(name);
        if (reason.isBlank() || who.isBlank()) {
            throw new IllegalArgumentException("ratelimit.exemption." + name + ": "
                    + (reason.isBlank() ? "reason" : "who") + " must not be blank");
        }
        if (kind == Kind.ADDRESSES) {
            var unused = Cidr.of(who);
        }
    }
}
