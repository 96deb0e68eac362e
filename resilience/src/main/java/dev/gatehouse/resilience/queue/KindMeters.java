// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Counts and times what happens to jobs of one kind on this instance. */
final class KindMeters {

    private final String kind;
    private final MeterRegistry registry;
    private final Counter enqueued;
    private final Counter duplicates;
    private final Counter lost;
    private final Counter buried;
    private final Counter repeated;

    KindMeters(String kind, MeterRegistry registry) {
        this.kind = kind;
        this.registry = registry;
        enqueued = counter("gatehouse.queue.enqueued", "Jobs added, whether or not their transaction was committed");
        duplicates = counter("gatehouse.queue.duplicates", "Jobs not added, for one with their key waited or ran");
        lost = counter("gatehouse.queue.lost", "Attempts whose job was taken over or cancelled while they ran");
        buried = counter("gatehouse.queue.buried", "Jobs given up");
        repeated = counter("gatehouse.queue.repeated", "Jobs put back, to be tried again");
    }

    void enqueued(boolean added) {
        (added ? enqueued : duplicates).increment();
    }

    void attempted(Ending ending, long nanos) {
        timer(outcome(ending)).record(nanos, TimeUnit.NANOSECONDS);
    }

    void settled(Step step) {
        if (step instanceof Step.Again) {
            repeated.increment();
        } else if (step instanceof Step.Bury) {
            buried.increment();
        }
    }

    void lost() {
        lost.increment();
    }

    private static String outcome(Ending ending) {
        if (ending instanceof Ending.Answered answered) {
            JobResult result = answered.result();
            return result instanceof JobResult.Done ? "done" : result instanceof JobResult.Later ? "later" : "dead";
        }
        if (ending instanceof Ending.Threw) {
            return "threw";
        }
        if (ending instanceof Ending.TimedOut) {
            return "timed_out";
        }
        if (ending instanceof Ending.Vanished) {
            return "vanished";
        }
        return ending instanceof Ending.CutShort ? "cut_short" : "not_begun";
    }

    private Timer timer(String outcome) {
        return Timer.builder("gatehouse.queue.attempts")
                .description("Attempts at jobs, by how they ended")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .baseUnit("jobs")
                .tag("kind", kind)
                .register(registry);
    }
}
