// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Route;
import java.net.InetAddress;
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

    private final RateLimiter limiter;
    private final Map<String, LimitGroup> groups;
    private final LimitGroup fallback;
    private final Overrides overrides;

    private RateLimits(RateLimiter limiter, Map<String, LimitGroup> groups, LimitGroup fallback, Overrides overrides) {
        this.limiter = limiter;
        this.overrides = overrides;
        this.groups = groups;
        this.fallback = fallback;
    }

    /** The standard limits on this limiter, to be changed. */
    public static Builder builder(RateLimiter limiter) {
        return new Builder(limiter);
    }

    /** The group of this name, if there is one. */
    public Optional<LimitGroup> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The group that applies to a route: its own, or the default when that does not exist. */
    public LimitGroup groupOf(Route route) {
        LimitGroup own = groups.get(route.limitGroup());
        return own == null ? fallback : own;
    }

    /** Takes one unit of every limit by address of a group. */
    public Decision takeAddress(InetAddress client, LimitGroup group) {
        return limiter.take(LimitKey.address(client), group.byAddress(), 1);
    }

    /** Takes {@code cost} units of every limit by account of a group. */
    public Decision takeAccount(String account, LimitGroup group, long cost) {
        return limiter.take(LimitKey.account(account), limitsOf(account, group), cost);
    }

    /**
     * Takes one unit for an identifier that the application read from the request, such as the recipient of a mail. Ask
     * before looking the identifier up, so that known and unknown ones are counted alike.
     */
    public Decision takeIdentifier(String identifier, Limit limit) {
        return limiter.take(LimitKey.identifier(identifier), limit, 1);
    }

    /** How the default group's limits by account stand for an account, without taking anything. */
    public List<LimitStatus> statusOf(String account) {
        LimitKey key = LimitKey.account(account);
        return limitsOf(account, fallback).stream()
                .map(limit -> limiter.status(key, limit))
                .toList();
    }

    /** These limits on the same limiter, with {@code group} in the place of the one of its name. */
    RateLimits with(LimitGroup group) {
        Map<String, LimitGroup> changed = new LinkedHashMap<>(groups);
        changed.put(group.name(), group);
        return new RateLimits(
                limiter, Map.copyOf(changed), group.name().equals(DEFAULT_GROUP) ? group : fallback, overrides);
    }

    private List<Limit> limitsOf(String account, LimitGroup group) {
        List<Limit> declared = group.byAccount();
        return declared.stream().map(limit -> overrides.of(account, limit)).toList();
    }

    Overrides overrides() {
        return overrides;
    }

    RateLimiter limiter() {
        return limiter;
    }

    LimitGroup defaults() {
        return fallback;
    }

    List<LimitGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Chooses the limits. Not thread-safe. */
    public static final class Builder {

        private final RateLimiter limiter;
        private final Map<String, LimitGroup> groups = new LinkedHashMap<>();
        private Overrides overrides = Overrides.none();

        private Builder(RateLimiter limiter) {
            this.limiter = limiter;
            StandardLimits.groups().forEach(this::group);
        }

        /** Adds a group, in the place of an earlier one of the same name. */
        public Builder group(LimitGroup group) {
            groups.put(group.name(), group);
            return this;
        }

        /** Limits that are higher for single accounts; none unless said otherwise. */
        public Builder overrides(Overrides value) {
            overrides = value;
            return this;
        }

        /** The limits; refused, with every problem at once, when a group has no limit or two limits share a name. */
        public RateLimits build() {
            List<String> problems = GroupRules.problems(groups.values());
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            Map<String, LimitGroup> copy = Map.copyOf(groups);
            return new RateLimits(
                    limiter, copy, groups.getOrDefault(DEFAULT_GROUP, LimitGroup.named(DEFAULT_GROUP)), overrides);
        }
    }
}
