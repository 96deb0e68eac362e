// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

/** Declared limits as they hold for one account. */
final class Raised {

    private Raised() {}

    /** The same list when none is other than declared, which is what nearly every account has. */
    static List<Limit> of(List<Limit> declared, String account, Overrides overrides) {
        for (int i = 0; i < declared.size(); i++) {
            if (!overrides.of(account, declared.get(i)).equals(declared.get(i))) {
                return declared.stream()
                        .map(limit -> overrides.of(account, limit))
                        .toList();
            }
        }
        return declared;
    }
}
