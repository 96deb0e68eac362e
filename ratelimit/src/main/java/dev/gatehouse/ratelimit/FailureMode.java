// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

/** What a limit does while the store that a fleet shares does not answer. */
public enum FailureMode {
    /** Each instance counts by itself, against its share of the limit. The default, for authentication too. */
    SHARE,
    /** Everything is refused: for what must never exceed its limit, whatever that costs. */
    CLOSED,
    /** Everything is allowed: for what only spares resources. Refused for strict groups, where it would be a way in. */
    OPEN
}
