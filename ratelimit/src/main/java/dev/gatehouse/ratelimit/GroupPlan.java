// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A group, worked out as far as can be before any request comes. Thread-safe. */
final class GroupPlan {

    private final LimitGroup group;
    private final List<Limit> address;
    private final List<Limit> around56;
    private final List<Limit> around48;
    private final List<Limit> route;
    private final List<LimitRule> byCaller;

    /** The lists of limits that clients are told of, in order, and what they are told, by which of them applied. */
    private final List<List<Limit>> shown;

    private final @Nullable String[] policies;

    GroupPlan(LimitGroup group, Networks networks) {
        this.group = group;
        this.address = group.byAddress();
        this.around56 = networks.around56(address);
        this.around48 = networks.around48(address);
        this.route = group.limits(CallerKey.ROUTE);
        this.byCaller =
                group.rules().stream().filter(rule -> !rule.key().isAtEdge()).toList();
        this.shown = Stream.concat(Stream.of(address), byCaller.stream().map(LimitRule::limits))
                .toList();
        this.policies = new String[1 << shown.size()];
    }

    LimitGroup group() {
        return group;
    }

    List<Limit> address() {
        return address;
    }

    /** Whether anything is counted once it is known who asks. */
    boolean hasCallerStep() {
        return !byCaller.isEmpty() || group.inFlight().isPresent();
    }

    /** Whether the address's own limits are all that counts at the edge. */
    boolean isPlain(LimitKey.Address client) {
        return client.v4() && route.isEmpty();
    }

    /** What is asked at the edge; the client's own limits come first. */
    List<Ask> edgeAsks(Exchange exchange, InetAddress client, LimitKey.Address key) {
        List<Ask> asks = new ArrayList<>(4);
        asks.add(new Ask(key, address, 1));
        if (!key.v4()) {
            asks.add(new Ask(Networks.key56(client), around56, 1));
            asks.add(new Ask(Networks.key48(client), around48, 1));
        }
        LimitKey whole = route.isEmpty() ? null : CallerKey.ROUTE.of(exchange);
        if (whole != null) {
            asks.add(new Ask(whole, route, 1));
        }
        return asks;
    }

    /** What is asked once it is known who asks; empty for a stranger, and for what is free. */
    List<Ask> callerAsks(Exchange exchange, Overrides overrides) {
        long cost = cost(exchange);
        return cost == 0 ? List.of() : callerAsks(exchange, overrides, cost);
    }

    /** What was asked then, with what it cost, which may be nothing. */
    List<Ask> asked(Exchange exchange, Overrides overrides) {
        return callerAsks(exchange, overrides, cost(exchange));
    }

    private List<Ask> callerAsks(Exchange exchange, Overrides overrides, long cost) {
        List<Ask> asks = new ArrayList<>(byCaller.size());
        for (int i = 0; i < byCaller.size(); i++) {
            LimitKey key = byCaller.get(i).key().of(exchange);
            if (key != null) {
                LimitRule rule = raised(byCaller.get(i), key, overrides);
                asks.add(new Ask(key, rule.limits(), Math.min(cost, rule.smallestBurst())));
            }
        }
        return asks;
    }

    /** What {@code RateLimit-Policy} says of these decisions; worked out once for the limits as declared. */
    String policy(List<Decision> decisions) {
        int which = 0;
        for (int i = 0; i < decisions.size(); i++) {
            int place = placeOf(decisions.get(i).limits());
            if (place < 0) {
                return RateLimitDialect.policyText(decisions);
            }
            which |= 1 << place;
        }
        String known = policies[which];
        if (known == null) {
            known = RateLimitDialect.policyText(decisions);
            policies[which] = known;
        }
        return known;
    }

    private long cost(Exchange exchange) {
        if (group.cost().isEmpty()) {
            return exchange.route().cost();
        }
        long cost = group.cost().get().applyAsLong(exchange);
        if (cost < 0) {
            throw new IllegalStateException(
                    "ratelimit.group." + group.name() + ": the cost was " + cost + " but must be at least 0");
        }
        return cost;
    }

    private static LimitRule raised(LimitRule rule, LimitKey key, Overrides overrides) {
        if (key.kind() != LimitKey.Kind.ACCOUNT) {
            return rule;
        }
        List<Limit> raised = Raised.of(rule.limits(), key.text(), overrides);
        return raised == rule.limits() ? rule : new LimitRule(rule.key(), raised);
    }

    private int placeOf(List<Limit> limits) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i) == limits) {
                return i;
            }
        }
        return -1;
    }
}
