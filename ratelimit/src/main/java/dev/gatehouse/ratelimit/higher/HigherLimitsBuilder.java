// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sets up {@link HigherLimits}. Not thread-safe. */
public final class HigherLimitsBuilder {

    final HigherLimitStore store;
    final Map<String, Raisable> raisable = new LinkedHashMap<>();
    AuditSink audit = AuditSink.none();
    ChangeSink changes = ChangeSink.none();
    InstantSource clock = InstantSource.system();
    Ticker ticker = Ticker.system();
    SecureRandom random = new SecureRandom();
    MeterRegistry registry = new CompositeMeterRegistry();
    Duration poll = Duration.ofMillis(500);
    int maxWaiting = 10_000;
    int maxGrants = 10_000;

    HigherLimitsBuilder(HigherLimitStore store) {
        this.store = store;
    }

    /** A limit that customers may ask to have raised, to at most {@code most} units; at least one is needed. */
    public HigherLimitsBuilder raisable(Limit limit, long most) {
        raisable.put(limit.name(), new Raisable(limit, most));
        return this;
    }

    /** Where requests, grants, refusals and withdrawals are audited; nowhere unless said otherwise. */
    public HigherLimitsBuilder audit(AuditSink value) {
        audit = value;
        return this;
    }

    /** Where grants and withdrawals are told; nowhere unless said otherwise. */
    public HigherLimitsBuilder changes(ChangeSink value) {
        changes = value;
        return this;
    }

    /** The wall clock by which grants end; the system's unless said otherwise. */
    public HigherLimitsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Tells how long ago the store was read; the system's unless said otherwise. */
    public HigherLimitsBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where the requests' IDs come from. */
    public HigherLimitsBuilder random(SecureRandom value) {
        random = value;
        return this;
    }

    /** Where grants and failed looks are counted; nowhere unless said otherwise. */
    public HigherLimitsBuilder meters(MeterRegistry value) {
        registry = value;
        return this;
    }

    /** How often the store is looked at, 50 to 900 milliseconds; every 500 unless said otherwise. */
    public HigherLimitsBuilder poll(Duration value) {
        if (value.toMillis() < 50 || value.toMillis() > 900) {
            throw new IllegalArgumentException(
                    "ratelimit.higher: poll was " + value + " but must be 50 to 900 milliseconds");
        }
        poll = value;
        return this;
    }

    /** How many requests may wait, 1 to 100,000; 10,000 unless said otherwise. */
    public HigherLimitsBuilder maxWaiting(int value) {
        maxWaiting = bounded("maxWaiting", value);
        return this;
    }

    /** How many grants may hold, 1 to 100,000, all of them in memory; 10,000 unless said otherwise. */
    public HigherLimitsBuilder maxGrants(int value) {
        maxGrants = bounded("maxGrants", value);
        return this;
    }

    /** The higher limits; refused when no limit may be raised. */
    public HigherLimits build() {
        if (raisable.isEmpty()) {
            throw new IllegalArgumentException("ratelimit.higher: raisable was nothing but must be at least one limit");
        }
        return new HigherLimits(this);
    }

    private static int bounded(String name, int value) {
        if (value < 1 || value > 100_000) {
            throw new IllegalArgumentException(
                    "ratelimit.higher: " + name + " was " + value + " but must be 1 to 100000");
        }
        return value;
    }
}
