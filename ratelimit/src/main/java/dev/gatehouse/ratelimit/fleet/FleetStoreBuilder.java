// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Sets up a {@link FleetStore}. Not thread-safe. */
public final class FleetStoreBuilder {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final LimitKey PROBE_KEY = LimitKey.custom("gatehouse-probe");
    private static final List<Limit> PROBE = List.of(Limit.perSecond("probe", 1_000));

    private final String name;
    private final LimitStore shared;
    private final int instances;
    private Duration slowAfter = Duration.ofMillis(25);
    private Duration probeEvery = Duration.ofMillis(250);
    private int localKeys = 100_000;
    private Ticker ticker = Ticker.system();
    private MeterRegistry registry = new CompositeMeterRegistry();
    private Schedule schedule = Schedule.system();
    private RandomGenerator random = RandomGenerator.getDefault();

    FleetStoreBuilder(String name, LimitStore shared, int instances) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("ratelimit: the store's name was '" + name + "' but must match " + NAME);
        }
        if (instances < 1 || instances > 10_000) {
            throw refused(name, "instances was " + instances + " but must be 1 to 10000");
        }
        this.name = name;
        this.shared = shared;
        this.instances = instances;
    }

    /** An answer that took longer counts as a failure: 25 ms unless said otherwise, 1 ms to 1 s. */
    public FleetStoreBuilder slowAfter(Duration value) {
        slowAfter = between("slowAfter", value, Duration.ofMillis(1), Duration.ofSeconds(1));
        return this;
    }

    /** How often a store that failed is asked whether it is there again: 250 ms unless said otherwise, 10 ms to 1 min. */
    public FleetStoreBuilder probeEvery(Duration value) {
        probeEvery = between("probeEvery", value, Duration.ofMillis(10), Duration.ofMinutes(1));
        return this;
    }

    /** How many buckets of each kind of key are held while the store is away: 100,000 unless said otherwise. */
    public FleetStoreBuilder localKeys(int value) {
        localKeys = value;
        return this;
    }

    /** Where decisions and changes are counted; nowhere unless said otherwise. */
    public FleetStoreBuilder meters(MeterRegistry value) {
        registry = value;
        return this;
    }

    /** Where elapsed time comes from; the system's ticker unless said otherwise. */
    public FleetStoreBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where chance comes from, which spreads the probes of a fleet. */
    public FleetStoreBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    FleetStoreBuilder schedule(Schedule value) {
        schedule = value;
        return this;
    }

    /** The store. */
    public FleetStore build() {
        FleetSettings settings = new FleetSettings(
                name, instances, localKeys, slowAfter, probeEvery, ticker, registry, schedule, random);
        // A probe writes, as requests do: a store that only reads is not there.
        StoreGuard guard = new StoreGuard(settings, () -> shared.take(PROBE_KEY, PROBE, 1));
        return new FleetStore(shared, guard, settings);
    }

    private Duration between(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(name, what + " was " + value + " but must be " + least + " to " + most);
        }
        return value;
    }

    private static IllegalArgumentException refused(String name, String rule) {
        return new IllegalArgumentException("ratelimit." + name + ": " + rule);
    }
}
