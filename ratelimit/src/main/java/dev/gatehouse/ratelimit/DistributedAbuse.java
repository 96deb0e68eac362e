// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Verdict;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/**
 * Sees an attacker with many addresses refused: sends requests, each from another /64 of one documentation /48 (RFC 3849),
 * through the real interceptor and store, under a small limit of its own, until the ceiling around them holds.
 */
record DistributedAbuse(RateLimits limits, InstantSource clock) implements Callable<Finding> {

    private static final Limit LIMIT = Limit.perMinute("self-test-spread", 1);

    @Override
    public Finding call() {
        RateLimits probed =
                limits.with(LimitGroup.named(RateLimits.DEFAULT_GROUP).byAddress(LIMIT));
        EdgeLimits step = new EdgeLimits(probed);
        int most = limits.rules().networks().times48() + 1;
        for (int sent = 1; sent <= most; sent++) {
            if (step.before(new ProbeExchange(address(sent))) instanceof Verdict.Answer answer) {
                return Finding.verified(new Evidence(
                        "answer to request " + sent + ", each from another /64 of one /48",
                        answer.problem().status() + " " + answer.problem().title(),
                        "self-test",
                        clock.instant()));
            }
        }
        return Finding.failed("request " + most + " from yet another /64 of one /48 was allowed");
    }

    /** In 2001:db8:ffff::/48, every one in a /56 of its own. */
    private static InetAddress address(int number) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[1] = 0x01;
        bytes[2] = 0x0d;
        bytes[3] = (byte) 0xb8;
        bytes[4] = (byte) 0xff;
        bytes[5] = (byte) 0xff;
        bytes[6] = (byte) number;
        bytes[7] = (byte) (number >> 8);
        bytes[15] = 1;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("ratelimit: sixteen bytes are an address", e);
        }
    }
}
