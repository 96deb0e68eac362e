// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a guard. Unless said otherwise there are no retries, the circuit breaker is {@link Breaker#standard()}, 32 calls
 * may run at a time, and HTTP may go nowhere. Not thread-safe.
 */
public final class GuardBuilder {

    private final String name;
    private final Duration timeout;
    private @Nullable Duration budget;
    private Retries retries = Retries.none();
    private Breaker breaker = Breaker.standard();
    private int maxConcurrent = 32;
    private final Set<String> hosts = new HashSet<>();
    private final List<Class<? extends Exception>> answers = new ArrayList<>();
    private GuardWorld world = GuardWorld.real();

    GuardBuilder(String name, Duration timeout) {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "resilience: the guard's name was '" + name + "' but must match [a-z][a-z0-9-]{0,39}");
        }
        Bounds.require(name + ".timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
        this.name = name;
        this.timeout = timeout;
    }

    /** How long all tries and pauses may take together; unless said otherwise, as many timeouts as there are tries. */
    public GuardBuilder budget(Duration value) {
        budget = value;
        return this;
    }

    /** How calls that may be repeated are repeated. */
    public GuardBuilder retries(Retries value) {
        retries = value;
        return this;
    }

    /** When to stop calling. */
    public GuardBuilder breaker(Breaker value) {
        breaker = value;
        return this;
    }

    /** How many calls may run at a time, 1 to 10,000; further ones are rejected at once. */
    public GuardBuilder maxConcurrent(int calls) {
        maxConcurrent = calls;
        return this;
    }

    /** Which hosts HTTP may go to: {@code host} for any port, or {@code host:port}. */
    public GuardBuilder hosts(String... allowed) {
        for (String host : allowed) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /** An exception by which a healthy dependency answers: it does not open the circuit and is not retried. */
    public GuardBuilder answer(Class<? extends Exception> type) {
        answers.add(type);
        return this;
    }

    /** Where elapsed time comes from. */
    public GuardBuilder ticker(Ticker value) {
        world = world.ticker(value);
        return this;
    }

    /** Where the jitter of pauses comes from. */
    public GuardBuilder random(RandomGenerator value) {
        world = world.random(value);
        return this;
    }

    /** Where calls are counted. */
    public GuardBuilder meters(MeterRegistry value) {
        world = world.meters(value);
        return this;
    }

    /** Which faults may be injected into calls. */
    public GuardBuilder faults(Faults value) {
        world = world.faults(value);
        return this;
    }

    /** The guard; refused when a setting is out of bounds. */
    public Guard build() {
        return new Guard(settings(), world);
    }

    GuardBuilder pause(Pause value) {
        world = world.pause(value);
        return this;
    }

    private GuardSettings settings() {
        Bounds.require(name + ".maxConcurrent", maxConcurrent, 1, 10_000);
        Duration all = budget == null ? timeout.multipliedBy(retries.attempts()) : budget;
        Bounds.require(name + ".budget", all, timeout, Duration.ofHours(1));
        return new GuardSettings(
                name, timeout, all, retries, breaker, maxConcurrent, Set.copyOf(hosts), List.copyOf(answers));
    }
}
