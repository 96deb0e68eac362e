// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.egress.Egress;
import dev.gatehouse.resilience.egress.Resolver;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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
    private int maxWaiting;
    private Egress egress = Egress.nowhere();
    private Errors errors = Errors.STANDARD;
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

    /** How many calls may run at a time, 1 to 10,000; further ones are rejected at once, unless some may wait. */
    public GuardBuilder maxConcurrent(int calls) {
        maxConcurrent = calls;
        return this;
    }

    /**
     * How many calls may wait for others to end, 0 to 10,000, first come, first served, each for as long as its budget and
     * its caller's deadline allow; further ones are rejected at once. Unless said otherwise, none.
     */
    public GuardBuilder maxWaiting(int calls) {
        maxWaiting = calls;
        return this;
    }

    /**
     * Which hosts HTTP may go to, {@code host} for any port or {@code host:port}, as long as their addresses are public. A
     * host given as an address is that address; {@code localhost} is loopback.
     */
    public GuardBuilder hosts(String... allowed) {
        for (String host : allowed) {
            egress = egress.allowing(host);
        }
        return this;
    }

    /** A host that HTTP may go to although its addresses lie in these ranges, {@code 10.0.0.0/8}. */
    public GuardBuilder host(String allowed, String... ranges) {
        egress = egress.allowing(allowed, ranges);
        return this;
    }

    /** Who looks up the addresses of hosts before they are called; unless said otherwise, the JVM, as its HTTP client does. */
    public GuardBuilder resolver(Resolver value) {
        egress = egress.resolvedBy(value);
        return this;
    }

    /** Which HTTP statuses are failures of the dependency; unless said otherwise, 429 and from 500 up. */
    public GuardBuilder failingStatus(IntPredicate value) {
        errors = errors.failingStatus(value);
        return this;
    }

    /** An exception by which a healthy dependency answers: it does not open the circuit and is not retried. */
    public GuardBuilder answer(Class<? extends Exception> type) {
        return answer(type::isInstance);
    }

    /** Exceptions by which a healthy dependency answers. Timeouts never are; SQL answers of databases are known. */
    public GuardBuilder answer(Predicate<Exception> which) {
        errors = errors.andAnswers(which);
        return this;
    }

    /**
     * Who completes asynchronous calls, stops statements and asks name servers; unless said otherwise, up to four threads of
     * the guard's own. Must not run a task on the thread that gives it.
     */
    public GuardBuilder executor(Executor value) {
        world = world.executor(value);
        return this;
    }

    /** What dates of {@code Retry-After} are compared with, when the answer itself has no date. */
    public GuardBuilder clock(InstantSource value) {
        world = world.clock(value);
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

    GuardBuilder threads(Function<String, ThreadFactory> value) {
        world = world.threads(value);
        return this;
    }

    GuardBuilder watchdogIdle(Duration value) {
        world = world.watchdogIdle(value);
        return this;
    }

    GuardBuilder pause(Pause value) {
        world = world.pause(value);
        return this;
    }

    private GuardSettings settings() {
        Bounds.require(name + ".maxConcurrent", maxConcurrent, 1, 10_000);
        Bounds.require(name + ".maxWaiting", maxWaiting, 0, 10_000);
        Duration all = budget == null ? timeout.multipliedBy(retries.attempts()) : budget;
        Bounds.require(name + ".budget", all, timeout, Duration.ofHours(1));
        return new GuardSettings(name, timeout, all, retries, breaker, maxConcurrent, maxWaiting, egress, errors);
    }
}
