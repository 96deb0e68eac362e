// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Sets up faults. Without an audit sink nothing is audited. Not thread-safe. */
public final class FaultsBuilder {

    final boolean allowed;
    final Set<String> dependencies = new LinkedHashSet<>();
    Ticker ticker = Ticker.system();
    InstantSource clock = InstantSource.system();
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    AuditSink audit = AuditSink.none();
    ChangeSink changes = ChangeSink.none();
    MeterRegistry meters = new CompositeMeterRegistry();

    FaultsBuilder(boolean allowed) {
        this.allowed = allowed;
    }

    /** What can be made to fail. */
    public FaultsBuilder dependencies(String... names) {
        dependencies.addAll(Set.of(names));
        return this;
    }

    /** What can be made to fail. */
    public FaultsBuilder dependencies(Set<String> names) {
        dependencies.addAll(names);
        return this;
    }

    /** Where elapsed time comes from: faults last by it. */
    public FaultsBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where dates come from. */
    public FaultsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where the seeds of faults without one come from. */
    public FaultsBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** Who is told of every use: {@code fault.injected}, {@code fault.ended}, {@code fault.refused}. */
    public FaultsBuilder audit(AuditSink value) {
        audit = value;
        return this;
    }

    /** Who is told of every change. */
    public FaultsBuilder changes(ChangeSink value) {
        changes = value;
        return this;
    }

    /** Where active faults and strikes are counted. */
    public FaultsBuilder meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** The faults, none of them in force. */
    public Faults build() {
        return new Faults(this);
    }
}
