// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.insight.ChangeSink;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The switches that people set: kept in the store, held in memory, audited in the transaction that sets them. */
final class Switchboard {

    private static final Actor SELF = Actor.system("features");

    private final FeatureStore store;
    private final FeatureWorld world;

    /** Held from before the transaction until {@link #held} agrees with it: no look may take a newer switch back. */
    private final ReentrantLock one = new ReentrantLock();

    private volatile Map<String, FeatureSwitch> held = Map.of();

    Switchboard(FeatureStore store, FeatureWorld world) {
        this.store = store;
        this.world = world;
    }

    Optional<FeatureSwitch> inForce(String feature) {
        FeatureSwitch found = held.get(feature);
        return found != null && found.isInForce(world.clock().instant()) ? Optional.of(found) : Optional.empty();
    }

    void turnOff(FeatureSwitch change, Actor actor) {
        one.lock();
        try {
            store.transact(unit -> turnedOff(unit, change, actor));
            Map<String, FeatureSwitch> now = new HashMap<>(held);
            now.put(change.feature(), change);
            held = Map.copyOf(now);
        } finally {
            one.unlock();
        }
        changed("The feature '" + change.feature() + "' is off until " + until(change) + ": " + change.reason(), actor);
    }

    private boolean turnedOff(FeatureUnit unit, FeatureSwitch change, Actor actor) {
        unit.turnOff(change);
        AuditEvent event = AuditEvent.success("feature.turned-off", actor, null)
                .with("feature", change.feature())
                .with("reason", change.reason())
                .with("until", until(change));
        world.audit().append(unit.tx(), event);
        FeatureChange line = new FeatureChange(
                change.since(), change.feature(), FeatureState.OFF, "by hand: " + change.reason(), change.actor());
        unit.add(line, Chronicle.KEPT);
        return true;
    }

    private static String until(FeatureSwitch change) {
        return change.until().map(Instant::toString).orElse("somebody turns it on");
    }

    /** False when it was on already. {@code then} is how it stands afterwards. */
    boolean turnOn(String feature, String reason, Actor actor, FeatureState then) {
        FeatureChange line = new FeatureChange(now(), feature, then, "on again by hand: " + reason, actor.toString());
        boolean done;
        one.lock();
        try {
            done = store.transact(
                    unit -> unit.turnOn(feature) && ended(unit, line, event("feature.turned-on", actor, line)));
            Map<String, FeatureSwitch> rest = new HashMap<>(held);
            rest.remove(feature);
            held = Map.copyOf(rest);
        } finally {
            one.unlock();
        }
        if (done) {
            changed("The feature '" + feature + "' is on again: " + reason, actor);
        }
        return done;
    }

    private boolean ended(FeatureUnit unit, FeatureChange line, AuditEvent event) {
        world.audit().append(unit.tx(), event);
        unit.add(line, Chronicle.KEPT);
        return true;
    }

    private static AuditEvent event(String action, Actor actor, FeatureChange line) {
        return AuditEvent.success(action, actor, null)
                .with("feature", line.feature())
                .with("reason", line.why());
    }

    /**
     * Takes in the switches as the store has them, in a transaction in which {@code more} is done too; those that are over
     * are ended in the store by whichever instance sees it first.
     *
     * @return what {@code more} gave back
     */
    <T> T read(Function<String, FeatureState> then, More<T> more) {
        one.lock();
        try {
            Map<String, FeatureSwitch> read = new HashMap<>();
            T result = store.transact(unit -> {
                unit.switches().forEach(each -> read(unit, each, then, read));
                return more.in(unit, !read.equals(held));
            });
            held = Map.copyOf(read);
            return result;
        } finally {
            one.unlock();
        }
    }

    /** What else is done in the transaction that reads the switches. */
    @FunctionalInterface
    interface More<T> {
        /** Does it; {@code changed} says whether any switch is new or gone. */
        T in(FeatureUnit unit, boolean changed);
    }

    private void read(
            FeatureUnit unit,
            FeatureSwitch each,
            Function<String, FeatureState> then,
            Map<String, FeatureSwitch> into) {
        Instant now = world.clock().instant();
        if (each.isInForce(now)) {
            into.put(each.feature(), each);
        } else if (unit.expire(each.feature(), now)) {
            FeatureChange line = new FeatureChange(
                    now(), each.feature(), then.apply(each.feature()), "its time off is over", SELF.toString());
            ended(unit, line, event("feature.switch-expired", SELF, line));
        }
    }

    private Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void changed(String what, Actor actor) {
        world.changes().record(new ChangeSink.Change("feature", what, actor));
    }
}
