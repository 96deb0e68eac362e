// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.time.Ticker;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes dependencies fail on purpose, for a bounded time, to prove that the application holds. One fault a dependency; a
 * new one replaces the old. Faults end by themselves and with the process. An injection is audited before it is in force,
 * and refused when it cannot be; its end is audited when it has ended. Thread-safe.
 */
public final class Faults implements AutoCloseable {

    private static final Faults NONE = allowedIf(false).build();
    private static final Actor CLOCK = Actor.system("faults");

    private final boolean allowed;
    private final Set<String> dependencies;
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final FaultTrail trail;
    private final FaultMeters meters;
    private final AtomicLong injected = new AtomicLong();
    private final Map<String, Injection> active = new ConcurrentHashMap<>();
    private final Map<String, FaultProxy> proxies = new ConcurrentHashMap<>();

    Faults(FaultsBuilder from) {
        allowed = from.allowed;
        dependencies = Set.copyOf(from.dependencies);
        ticker = from.ticker;
        clock = from.clock;
        random = from.random;
        trail = new FaultTrail(from.audit, from.changes);
        meters = new FaultMeters(from.meters);
        dependencies.forEach(name -> meters.watch(name, () -> current(name).isPresent()));
    }

    /** No faults, and none may be added. */
    public static Faults none() {
        return NONE;
    }

    /**
     * Faults where people allowed them: in development, and in production only by name. Elsewhere every injection is refused
     * and audited, and nothing listens.
     */
    public static FaultsBuilder allowedIf(boolean allowed) {
        return new FaultsBuilder(allowed);
    }

    /** Whether faults may be added. */
    public boolean isAllowed() {
        return allowed;
    }

    /** What can be made to fail. */
    public Set<String> dependencies() {
        return dependencies;
    }

    /** Whether a proxy stands before this dependency, so that faults can happen on the wire. */
    public boolean reachesTheWire(String dependency) {
        return proxies.containsKey(dependency);
    }

    /**
     * Puts a fault in force. Throws {@link FaultsRefusedException} where nobody allowed faults, and {@link
     * IllegalArgumentException} for a dependency that is not one of those given, or a kind that needs a proxy where there is
     * none.
     */
    public ActiveFault add(Fault fault, Actor actor) {
        requireAllowed(fault, actor);
        require(fault);
        Fault seeded = fault.seed().isPresent() ? fault : fault.seeded(random.nextLong());
        ActiveFault next = new ActiveFault(
                injected.incrementAndGet(), seeded, actor, clock.instant().plus(fault.lasts()));
        trail.injected(next);
        begin(new Injection(next, ticker), actor);
        return next;
    }

    /** Audits and throws {@link FaultsRefusedException} where nobody allowed faults: for who prepares one. */
    public void requireAllowed(Fault fault, Actor actor) {
        if (!allowed) {
            trail.refused(fault, actor);
            throw new FaultsRefusedException();
        }
    }

    private void require(Fault fault) {
        if (!dependencies.contains(fault.dependency())) {
            throw new IllegalArgumentException("resilience.faults: dependency was '" + fault.dependency()
                    + "' but must be one of " + dependencies);
        }
        FaultKind kind = fault.failures().kind();
        if (kind.onTheWire() && !reachesTheWire(fault.dependency())) {
            throw new IllegalArgumentException("resilience.faults: kind was '" + kind.word() + "' but must not need a"
                    + " connection, for no proxy stands before '" + fault.dependency() + "'");
        }
    }

    private void begin(Injection next, Actor actor) {
        Injection before = active.put(next.fault().dependency(), next);
        tellProxy(next);
        if (before != null) {
            retire(before, actor, "replaced");
        }
        Thread reaper =
                new Thread(() -> reap(next), "gatehouse-fault-" + next.fault().dependency());
        reaper.setDaemon(true);
        reaper.start();
    }

    private void reap(Injection injection) {
        try {
            injection.awaitEnd();
            current(injection.fault().dependency());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The faults in force, in the order of their dependencies' names. */
    public List<ActiveFault> active() {
        return active.keySet().stream()
                .sorted()
                .flatMap(name -> current(name).stream())
                .map(Injection::active)
                .toList();
    }

    /** Ends this fault, if it is still in force; leaves alone one that replaced it. */
    public void end(ActiveFault fault, Actor actor) {
        current(fault.fault().dependency())
                .filter(injection -> injection.active().number() == fault.number())
                .ifPresent(injection -> end(injection, actor, "ended by hand"));
    }

    /** Ends all faults. */
    public void clear(Actor actor) {
        active.values().forEach(injection -> end(injection, actor, "ended by hand"));
    }

    /** Ends all faults, and every proxy. */
    @Override
    public void close() {
        active.values().forEach(injection -> end(injection, CLOCK, "the application ends"));
        proxies.values().forEach(FaultProxy::close);
    }

    /**
     * Lets the fault in force for {@code dependency} happen, if there is one: waits, then perhaps throws. Guards do this by
     * themselves; call it where a dependency is reached without one. Waiting ends at an interrupt, and with the fault.
     *
     * @throws Exception what the fault says; {@link InjectedFaultException} unless it names another
     */
    public void strike(String dependency) throws Exception {
        if (!allowed || active.isEmpty()) {
            return;
        }
        Optional<Injection> now = current(dependency);
        if (now.isPresent()) {
            strike(now.get());
        }
    }

    private void strike(Injection injection) throws Exception {
        String dependency = injection.fault().dependency();
        Injection.Strike next = injection.nextCall();
        if (next.waitNanos() > 0) {
            meters.struck(dependency, "latency");
            injection.hold(next.waitNanos());
        }
        FaultKind kind = next.kind().orElse(null);
        if (kind == null || injection.isOver()) {
            return;
        }
        meters.struck(dependency, kind.word());
        if (kind instanceof FaultKind.Thrown thrown) {
            throw thrown.make(dependency);
        }
        injection.awaitEnd();
    }

    /**
     * A proxy on the loopback address before the server of {@code dependency}, for clients that are given its port: faults
     * on the wire happen in it. Closed with these faults.
     */
    public FaultProxy proxy(String dependency, String host, int port) {
        if (!allowed) {
            throw new FaultsRefusedException();
        }
        FaultProxy proxy =
                FaultProxy.to(host, port, () -> current(dependency), word -> meters.struck(dependency, word));
        FaultProxy before = proxies.put(dependency, proxy);
        if (before != null) {
            before.close();
        }
        return proxy;
    }

    /**
     * The way to {@code dependency} at this address, which leads through a proxy only while a fault on the wire is in force.
     * Where faults are not allowed, or the address is not plain HTTP (a proxy could not speak its TLS), it always leads
     * straight there.
     */
    public Detour detour(String dependency, URI address) {
        boolean possible = allowed && "http".equals(address.getScheme());
        if (!possible) {
            return new Detour(address, address, () -> false);
        }
        FaultProxy proxy = proxy(dependency, address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
        return new Detour(address, proxy.before(address), () -> isOnTheWire(dependency));
    }

    private boolean isOnTheWire(String dependency) {
        return !active.isEmpty()
                && current(dependency)
                        .filter(injection -> injection.fault().failures().kind().onTheWire())
                        .isPresent();
    }

    /** Degraded while a fault is in force, naming each. */
    public HealthStatus health() {
        List<ActiveFault> now = active();
        return now.isEmpty()
                ? HealthStatus.up()
                : HealthStatus.degraded("injected on purpose: "
                        + String.join(
                                "; ",
                                now.stream()
                                        .map(each -> each.fault().toString())
                                        .toList()));
    }

    /** What the consoles see, with an action that ends all faults. */
    public Panel panel() {
        return new FaultsPanel(this);
    }

    /** The fault in force for a dependency; one whose time is up is ended by whoever notices. */
    private Optional<Injection> current(String dependency) {
        Injection injection = active.get(dependency);
        if (injection != null && injection.isOver()) {
            end(injection, CLOCK, "its time was up");
            return Optional.empty();
        }
        return Optional.ofNullable(injection);
    }

    private void end(Injection injection, Actor actor, String why) {
        if (active.remove(injection.fault().dependency(), injection)) {
            tellProxy(injection);
            retire(injection, actor, why);
        }
    }

    private void retire(Injection injection, Actor actor, String why) {
        injection.end();
        trail.ended(injection.active(), actor, why);
    }

    private void tellProxy(Injection injection) {
        FaultProxy proxy = proxies.get(injection.fault().dependency());
        if (proxy != null) {
            proxy.update();
        }
    }
}
