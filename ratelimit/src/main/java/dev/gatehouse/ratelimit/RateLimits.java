// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Route;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.abuse.AbuseSignals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The application's limits: which group of limits a route is in, and the decisions on them. Begins with {@link
 * StandardLimits}. Immutable and thread-safe.
 */
public final class RateLimits {

    /** The group of every route that names no other, or one that does not exist. */
    public static final String DEFAULT_GROUP = "default";

    private static final LimitKey APPLICATION = LimitKey.custom("application");

    private final RateLimiter limiter;
    private final Map<String, GroupPlan> plans;
    private final GroupPlan fallback;
    private final RulesInForce rules;

    RateLimits(RateLimiter limiter, Map<String, GroupPlan> plans, GroupPlan fallback, RulesInForce rules) {
        this.limiter = limiter;
        this.plans = plans;
        this.fallback = fallback;
        this.rules = rules;
    }

    /** The standard limits on this limiter, to be changed. */
    public static RateLimitsBuilder builder(RateLimiter limiter) {
        return new RateLimitsBuilder(limiter);
    }

    /** The group of this name, if there is one. */
    public Optional<LimitGroup> group(String name) {
        return Optional.ofNullable(plans.get(name)).map(GroupPlan::group);
    }

    /** The group that applies to a route: its own, or the default when that does not exist. */
    public LimitGroup groupOf(Route route) {
        return plan(route).group();
    }

    /** Takes units of every limit by account of a group, for work that no request brought: a job, a socket's message. */
    public Decision takeAccount(String account, LimitGroup group, long cost) {
        return limiter.take(LimitKey.account(account), Raised.of(group.byAccount(), account, rules.overrides()), cost);
    }

    /**
     * Takes one unit for an identifier that the application read from the request, such as the recipient of a mail. Ask
     * before looking the identifier up, so that known and unknown ones are counted alike. Answer a refusal with {@link
     * #problem}.
     */
    public Decision takeIdentifier(String identifier, Limit limit) {
        LimitKey key = LimitKey.identifier(identifier);
        Decision decision = limiter.take(key, limit, 1);
        if (!decision.allowed()) {
            signals().refused(key.kind().tag(), key.text());
        }
        return decision;
    }

    /** The 429 that tells of a refusal the application asked for, with {@code Retry-After} and the fields. */
    public Problem problem(Decision.Refused refused) {
        return rules.refusals().problem(List.of(new Refusal(APPLICATION, refused)), List.of());
    }

    /**
     * Charges what a request really cost, such as the rows that it exported, in place of what it cost when it came: the
     * difference is taken from, or given back to, every limit that counted its caller, into {@link Limit#debt} if need be.
     * Once for a request, when its cost is known.
     */
    public void settle(Exchange exchange, long actual) {
        if (actual < 0) {
            throw new IllegalArgumentException("ratelimit: the actual cost was " + actual + " but must be at least 0");
        }
        if (exemptions().covers(exchange.context().caller())) {
            return;
        }
        for (Ask ask : plan(exchange.route()).asked(exchange, rules.overrides())) {
            limiter.charge(ask.key(), ask.limits(), actual - ask.cost());
        }
    }

    /** How every limit by account stands for an account, without taking anything: the default group's first. */
    public List<LimitStatus> statusOf(String account) {
        Map<String, Limit> limits = new LinkedHashMap<>();
        fallback.group().byAccount().forEach(limit -> limits.put(limit.name(), limit));
        groups().forEach(group -> group.byAccount().forEach(limit -> limits.putIfAbsent(limit.name(), limit)));
        LimitKey key = LimitKey.account(account);
        return limits.values().stream()
                .map(limit -> limiter.status(key, rules.overrides().of(account, limit)))
                .toList();
    }

    /** Who stands out among those that are refused. */
    public AbuseSignals signals() {
        return rules.signals();
    }

    /** These limits on the same limiter, with {@code group} in the place of the one of its name. */
    RateLimits with(LimitGroup group) {
        Map<String, GroupPlan> changed = new LinkedHashMap<>(plans);
        GroupPlan plan = new GroupPlan(group, rules.networks());
        changed.put(group.name(), plan);
        return new RateLimits(
                limiter, Map.copyOf(changed), group.name().equals(DEFAULT_GROUP) ? plan : fallback, rules);
    }

    GroupPlan plan(Route route) {
        GroupPlan own = plans.get(route.limitGroup());
        return own == null ? fallback : own;
    }

    RateLimiter limiter() {
        return limiter;
    }

    LimitGroup defaults() {
        return fallback.group();
    }

    List<LimitGroup> groups() {
        return plans.values().stream().map(GroupPlan::group).toList();
    }

    RulesInForce rules() {
        return rules;
    }

    Exemptions exemptions() {
        return rules.exemptions();
    }
}
