// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.AttributeKey;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import java.net.InetAddress;
import java.util.List;

/** Limits by client address, before anything costly is done. */
final class AddressLimits implements Interceptor {

    /** What this step found, for the step that knows the account. */
    static final AttributeKey<List<LimitStatus>> STATUSES = AttributeKey.of("ratelimit.address");

    private final RateLimits limits;

    AddressLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        InetAddress client = exchange.context().client().orElseGet(exchange::peer);
        Decision decision = limits.takeAddress(client, limits.groupOf(exchange.route()));
        RateLimitFields.set(exchange, decision.statuses());
        if (decision instanceof Decision.Refused refused) {
            return Verdict.answer(refused.problem());
        }
        exchange.attribute(STATUSES, decision.statuses());
        return Verdict.proceed();
    }
}
