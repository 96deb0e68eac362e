// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The attacked program: a million addresses and as many identifiers through the real steps, in one small JVM. */
final class ManyKeys {

    private static final Route ROUTE = Route.get("/x").access(Access.anyone()).limitGroup("g");
    private static final Limit LIMIT = Limit.perHour("hourly", 3);
    private static final int KEYS = 1_000_000;

    private ManyKeys() {}

    public static void main(String[] args) throws UnknownHostException {
        RateLimits limits = RateLimits.builder(
                        RateLimiter.builder().maxKeys(20_000).build())
                .group(LimitGroup.named("g").byAddress(LIMIT))
                .build();
        Requests requests = new Requests(limits);
        for (int i = 0; i < 4; i++) {
            requests.passes(Requests.from("203.0.113.7", ROUTE));
        }
        for (int i = 0; i < KEYS; i++) {
            requests.passes(Requests.from(address(i), ROUTE));
            limits.takeIdentifier("somebody" + i + "@example.org", LIMIT);
        }
        say("victim refused: " + !requests.passes(Requests.from("203.0.113.7", ROUTE)));
        say("newcomers counted together: " + !requests.passes(Requests.from("198.51.100.1", ROUTE)));
    }

    private static String address(int i) throws UnknownHostException {
        byte[] bytes = {(byte) 10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    @SuppressWarnings("SystemOut") // read by the test
    private static void say(String line) {
        System.out.println(line);
    }
}
