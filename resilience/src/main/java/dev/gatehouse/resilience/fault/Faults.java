// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Makes dependencies fail on purpose, for a bounded time, to prove that the application holds. One fault a dependency; a
 * new one replaces the old. Faults end by themselves and with the process. Thread-safe.
 */
public final class Faults {

    private static final Faults NONE = new Faults(Set.of(), Ticker.system(), () -> 0, ChangeSink.none());

    private final Set<String> dependencies;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final ChangeSink changes;
    private final Map<String, Active> active = new ConcurrentHashMap<>();

    private Faults(Set<String> dependencies, Ticker ticker, RandomGenerator random, ChangeSink changes) {
        this.dependencies = dependencies;
        this.ticker = ticker;
        this.random = random;
        this.changes = changes;
    }

    /** No faults, and none may be added: for production. */
    public static Faults none() {
        return NONE;
    }

    /** Faults for these dependencies. Take {@link #none()} in production, unless people allowed them by name. */
    public static Faults of(Set<String> dependencies, Ticker ticker, RandomGenerator random, ChangeSink changes) {
        return new Faults(Set.copyOf(dependencies), ticker, random, changes);
    }

    /** Adds a fault; refused for a dependency that is not one of those given. */
    public void add(Fault fault, Actor actor) {
        if (!dependencies.contains(fault.dependency())) {
            throw new IllegalArgumentException("resilience.faults: dependency was '" + fault.dependency()
                    + "' but must be one of " + dependencies);
        }
        active.put(fault.dependency(), new Active(fault, ticker.nanos()));
        changes.record(new ChangeSink.Change("fault", "fault injected: " + fault, actor));
    }

    /** The faults in force. */
    public List<Fault> active() {
        return active.values().stream()
                .filter(each -> !isOver(each))
                .map(Active::fault)
                .toList();
    }

    /** Ends all faults. */
    public void clear(Actor actor) {
        active.clear();
        changes.record(new ChangeSink.Change("fault", "all injected faults cleared", actor));
    }

    /**
     * Lets the fault in force for {@code dependency} happen, if there is one: sleeps, then perhaps throws. Guards do this
     * by themselves; call it where a dependency is reached without one.
     */
    public void strike(String dependency) throws IOException, InterruptedException {
        if (this == NONE || active.isEmpty()) {
            return;
        }
        Active now = active.get(dependency);
        if (now == null) {
            return;
        }
        if (isOver(now)) {
            active.remove(dependency, now);
            return;
        }
        Thread.sleep(now.fault().latency().toMillis());
        if (random.nextDouble() < now.fault().errorRate()) {
            throw new InjectedFaultException(dependency);
        }
    }

    private boolean isOver(Active each) {
        return ticker.nanos() - each.since() >= each.fault().lasts().toNanos();
    }

    /** A fault and when it began. */
    private record Active(Fault fault, long since) {}
}
