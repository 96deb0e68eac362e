// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.StandardLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Sets up a {@link PostgresLimitStore}. Not thread-safe. */
public final class PostgresStoreBuilder {

    private final DataSource source;
    private final Set<String> durable = new HashSet<>();
    private Duration wait = Duration.ofMillis(40);
    private int concurrency = 8;
    private Duration sweepEvery = Duration.ofMinutes(1);
    private RandomGenerator random = RandomGenerator.getDefault();

    PostgresStoreBuilder(DataSource source) {
        this.source = source;
        durable(StandardLimits.LOGIN, StandardLimits.REGISTRATION, StandardLimits.MAIL, StandardLimits.MAIL_RECIPIENT);
    }

    /** What keys have used of these limits survives a crash of the server; the standard limits of strict groups do anyway. */
    public PostgresStoreBuilder durable(Limit... limits) {
        for (Limit limit : limits) {
            durable.add(limit.name());
        }
        return this;
    }

    /** The longest that a decision waits: 40 ms unless said otherwise, 1 ms to 1 s. Above 50 ms, requests suffer first. */
    public PostgresStoreBuilder waitAtMost(Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofSeconds(1)) > 0) {
            throw refused("waitAtMost was " + value + " but must be 1 ms to 1 s");
        }
        wait = value;
        return this;
    }

    /**
     * How many statements run at once, 8 unless said otherwise: no more than the pool has connections. Sixteen times as many
     * wait; beyond that the store refuses at once.
     */
    public PostgresStoreBuilder concurrency(int value) {
        if (value < 1 || value > 256) {
            throw refused("concurrency was " + value + " but must be 1 to 256");
        }
        concurrency = value;
        return this;
    }

    /** How often rows of full buckets are removed: every minute unless said otherwise, 1 second to 1 hour. */
    public PostgresStoreBuilder sweepEvery(Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
            throw refused("sweepEvery was " + value + " but must be 1 second to 1 hour");
        }
        sweepEvery = value;
        return this;
    }

    /** Where chance comes from, which spreads the sweeps of a fleet. */
    public PostgresStoreBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** The store; asks the database nothing yet. */
    public PostgresLimitStore build() {
        return new PostgresLimitStore(
                source,
                new Workers(source, wait, concurrency),
                new Sweeper(source, sweepEvery, random),
                Set.copyOf(durable));
    }

    private static IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("ratelimit.postgresql: " + rule);
    }
}
