// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.net.InetAddress;
import java.util.List;

/**
 * The ceilings around an IPv6 client's /64. One subscriber may be given a /56 or a /48, thousands of /64 to choose from:
 * the whole network together may do only some times what one client may.
 *
 * @param times56 how many times a limit by address its /56 has
 * @param times48 how many times a limit by address its /48 has
 */
record Networks(int times56, int times48) {

    static final Networks STANDARD = new Networks(4, 16);

    private static final int MOST = 65_536;

    Networks {
        if (times56 < 1 || times48 < times56 || times48 > MOST) {
            throw new IllegalArgumentException("ratelimit: networks were " + times56 + " and " + times48
                    + " times but must be at least 1, the second no smaller and at most " + MOST);
        }
    }

    List<Limit> around56(List<Limit> limits) {
        return around(limits, "-56", times56);
    }

    List<Limit> around48(List<Limit> limits) {
        return around(limits, "-48", times48);
    }

    static LimitKey key56(InetAddress client) {
        return LimitKey.network(client, 56);
    }

    static LimitKey key48(InetAddress client) {
        return LimitKey.network(client, 48);
    }

    private static List<Limit> around(List<Limit> limits, String suffix, int times) {
        return limits.stream()
                .map(limit -> Limit.of(limit.name() + suffix, limit.permits() * times, limit.window())
                        .withBurst(limit.burst() * times)
                        .whenStoreFails(limit.whenStoreFails()))
                .toList();
    }
}
