// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.util.List;

/**
 * What changed since an earlier look.
 *
 * @param version the newest change among them, or the version asked for when there is none
 * @param grants each as it is now
 */
public record GrantChanges(long version, List<LimitGrant> grants) {

    /** Freezes the list. */
    public GrantChanges {
        grants = List.copyOf(grants);
    }
}
