// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.ratelimit.abuse.AbuseSignals;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Chooses the limits. Not thread-safe. */
public final class RateLimitsBuilder {

    private static final int MOST_IN_FLIGHT = 100_000;
    private static final int SPREAD_AT = 10;

    private final RateLimiter limiter;
    private final Map<String, LimitGroup> groups = new LinkedHashMap<>();
    private final List<Exemption> exemptions = new ArrayList<>();
    private Overrides overrides = Overrides.none();
    private Networks networks = Networks.STANDARD;
    private RateLimitDialect dialect = RateLimitDialect.DRAFT_11;
    private Optional<AuditSink> audit = Optional.empty();
    private Optional<InFlightStore> inFlight = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private Ticker ticker = Ticker.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private int instances = 1;
    private int spreadAt = SPREAD_AT;

    RateLimitsBuilder(RateLimiter limiter) {
        this.limiter = limiter;
        StandardLimits.groups().forEach(this::group);
    }

    /** Adds a group, in the place of an earlier one of the same name. */
    public RateLimitsBuilder group(LimitGroup group) {
        groups.put(group.name(), group);
        return this;
    }

    /** Limits that are higher for single accounts; none unless said otherwise. */
    public RateLimitsBuilder overrides(Overrides value) {
        overrides = value;
        return this;
    }

    /** Whom no limit counts; needs {@link #audit}. */
    public RateLimitsBuilder exempt(Exemption value) {
        exemptions.add(value);
        return this;
    }

    /** Where exemptions are audited. */
    public RateLimitsBuilder audit(AuditSink value) {
        audit = Optional.of(value);
        return this;
    }

    /**
     * How many times what a limit by address gives a /64 the /56 and the /48 around it have together; 4 and 16 times unless
     * said otherwise.
     */
    public RateLimitsBuilder networks(int times56, int times48) {
        networks = new Networks(times56, times48);
        return this;
    }

    /** How many instances serve the application: with more than one, their limits must be in a store that they share. */
    public RateLimitsBuilder instances(int value) {
        if (value < 1 || value > 10_000) {
            throw new IllegalArgumentException("ratelimit: instances was " + value + " but must be 1 to 10000");
        }
        instances = value;
        return this;
    }

    /** How clients are told of their limits; {@link RateLimitDialect#DRAFT_11} unless said otherwise. */
    public RateLimitsBuilder dialect(RateLimitDialect value) {
        dialect = value;
        return this;
    }

    /** Where requests in flight are counted; in memory unless said otherwise. */
    public RateLimitsBuilder inFlight(InFlightStore value) {
        inFlight = Optional.of(value);
        return this;
    }

    /** From how many places within ten minutes an account is spread, 2 to 32; 10 unless said otherwise. */
    public RateLimitsBuilder spreadAt(int places) {
        spreadAt = places;
        return this;
    }

    /** The wall clock by which exemptions end; the system's unless said otherwise. */
    public RateLimitsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where elapsed time comes from; the system's ticker unless said otherwise. */
    public RateLimitsBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where chance comes from, which spreads the times at which refused clients come back. */
    public RateLimitsBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** The limits; refused, with every problem at once, when a group has no limit or two limits share a name. */
    public RateLimits build() {
        List<String> problems = new ArrayList<>(GroupRules.problems(groups.values(), networks));
        if (!exemptions.isEmpty() && audit.isEmpty()) {
            problems.add("ratelimit.exemptions: there are " + exemptions.size() + " but no audit sink to tell of them");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        Map<String, GroupPlan> plans = new LinkedHashMap<>();
        groups.forEach((name, group) -> plans.put(name, new GroupPlan(group, networks)));
        GroupPlan fallback = plans.getOrDefault(
                RateLimits.DEFAULT_GROUP, new GroupPlan(LimitGroup.named(RateLimits.DEFAULT_GROUP), networks));
        return new RateLimits(limiter, Map.copyOf(plans), fallback, rules());
    }

    private RulesInForce rules() {
        MeterRegistry registry = limiter.meters().registry();
        RuleMeters meters = new RuleMeters(registry);
        AbuseSignals signals = new AbuseSignals(ticker, registry, spreadAt);
        Refusals refusals = new Refusals(dialect, random);
        return new RulesInForce(
                overrides,
                new Exemptions(exemptions, audit.orElseGet(AuditSink::none), clock, meters),
                networks,
                inFlight.orElseGet(() -> new MemoryInFlightStore(ticker, MOST_IN_FLIGHT)),
                refusals,
                new LimitAnswers(dialect, refusals, meters, signals),
                signals,
                instances);
    }
}
