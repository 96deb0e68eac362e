// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The limits of the routes that name this group. Immutable. A request takes one unit from each limit by address, and the
 * route's cost from each limit by account once the account is known. Groups that list the same limit share its buckets:
 * put the general limit by address into a stricter group as well, and a client has one total.
 *
 * @param name what {@link dev.gatehouse.http.Route#limitGroup()} says
 * @param byAddress the limits that count client addresses, at least one
 * @param byAccount the limits that count accounts; may be empty where nobody is signed in
 * @param strict whether the routes are what attackers want to repeat: they sign in, send mail or register. The readiness
 *     report demands that such a group is much stricter than the default
 */
public record LimitGroup(String name, List<Limit> byAddress, List<Limit> byAccount, boolean strict) {

    /** Freezes the lists; refuses two limits of one name, for a client could not tell them apart. */
    public LimitGroup {
        byAddress = List.copyOf(byAddress);
        byAccount = List.copyOf(byAccount);
        List<String> names = Stream.concat(byAddress.stream(), byAccount.stream())
                .map(Limit::name)
                .toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "ratelimit.group." + name + ": the limits were " + names + " but their names must differ");
        }
    }

    /** A group without limits yet; it needs one by address before it can be used. */
    public static LimitGroup named(String name) {
        return new LimitGroup(name, List.of(), List.of(), false);
    }

    /** A copy with these limits by address, instead of any earlier ones. */
    public LimitGroup byAddress(Limit... limits) {
        return new LimitGroup(name, List.of(limits), byAccount, strict);
    }

    /** A copy with these limits by account, instead of any earlier ones. */
    public LimitGroup byAccount(Limit... limits) {
        return new LimitGroup(name, byAddress, List.of(limits), strict);
    }

    /** A copy that is marked as guarding what attackers want to repeat. */
    public LimitGroup asStrict() {
        return new LimitGroup(name, byAddress, byAccount, true);
    }
}
