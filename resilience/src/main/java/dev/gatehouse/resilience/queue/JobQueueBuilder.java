// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.insight.ChangeSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Gathers the kinds of jobs and the settings of a queue. Not thread-safe. */
public final class JobQueueBuilder {

    private static final int MOST_KINDS = 32;

    private final DataSource source;
    private final Map<String, Handled> handled = new LinkedHashMap<>();
    private final Set<String> enqueued = new LinkedHashSet<>();
    private SecureRandom random = new SecureRandom();
    private InstantSource clock = InstantSource.system();
    private MeterRegistry meters = new SimpleMeterRegistry();
    private ChangeSink changes = ChangeSink.none();
    private Optional<String> home = Optional.empty();
    private Duration polling = Duration.ofSeconds(1);
    private Duration heartbeat = Duration.ofSeconds(5);
    private Duration head = Duration.ZERO;
    private QueueBounds bounds = new QueueBounds(64 * 1024, 1_000_000, Duration.ofMinutes(5), 0);

    JobQueueBuilder(DataSource source) {
        this.source = source;
    }

    /** Has jobs of {@code kind} done by {@code handler}; at most {@value #MOST_KINDS} kinds. */
    public JobQueueBuilder handle(String kind, JobHandler handler, JobPolicy policy) {
        Rules.requireKind(kind);
        if (handled.put(kind, new Handled(kind, handler, policy)) != null) {
            throw new IllegalArgumentException(
                    "resilience.queue.kind: '" + kind + "' has two handlers but must have one");
        }
        Rules.require("kinds", handled.size(), 0, MOST_KINDS);
        return this;
    }

    /** Lets jobs of these kinds be enqueued here, which are done on other instances only. */
    public JobQueueBuilder enqueues(String... kinds) {
        for (String kind : kinds) {
            Rules.requireKind(kind);
            enqueued.add(kind);
        }
        return this;
    }

    /**
     * Where this queue lives, if not simply in its database: the first one to start writes it down, and a queue that is
     * started elsewhere, as a restored copy is, is held back until it is released. Unless said it is the PostgreSQL database
     * itself, which a dump that is restored is not, or the path of the H2 file; a database in memory has none.
     */
    public JobQueueBuilder home(String value) {
        home = Optional.of(value);
        return this;
    }

    /** Where IDs and the jitter of pauses come from. */
    public JobQueueBuilder random(SecureRandom value) {
        random = value;
        return this;
    }

    /** Says what time it is. The clocks of all instances must agree to within two heartbeats. */
    public JobQueueBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where the meters are registered. */
    public JobQueueBuilder meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** Where retries, purges and quarantines by hand are told. */
    public JobQueueBuilder changes(ChangeSink value) {
        changes = value;
        return this;
    }

    /** How often to look for what others enqueued and what is due again: 10 ms to 1 minute, 1 s unless said. */
    public JobQueueBuilder polling(Duration value) {
        polling = value;
        return this;
    }

    /**
     * How often a running job gives a sign of life: 50 ms to 1 minute, 5 s unless said. A job whose instance died is taken
     * over after four to six of them.
     */
    public JobQueueBuilder heartbeat(Duration value) {
        heartbeat = value;
        return this;
    }

    /**
     * For how long a due job is left to the instance that enqueued it, before others may take it: whole seconds, at most a
     * minute, none unless said. For work that is cheaper where it came from.
     */
    public JobQueueBuilder preferOwn(Duration value) {
        head = value;
        return this;
    }

    /** The longest payload that is taken, in bytes: 64 KiB unless said, {@value Payload#MOST_BYTES} at most. */
    public JobQueueBuilder payloadAtMost(int bytes) {
        bounds = new QueueBounds(bytes, bounds.waiting(), bounds.lag(), bounds.deadLetters());
        return this;
    }

    /** With more jobs waiting, as of the last sample, none is taken: a million unless said. */
    public JobQueueBuilder waitingAtMost(long jobs) {
        bounds = new QueueBounds(bounds.payloadBytes(), jobs, bounds.lag(), bounds.deadLetters());
        return this;
    }

    /** With a job due for longer, health is degraded and the queue is not ready: 5 minutes unless said. */
    public JobQueueBuilder lagAtMost(Duration value) {
        bounds = new QueueBounds(bounds.payloadBytes(), bounds.waiting(), value, bounds.deadLetters());
        return this;
    }

    /** With more dead letters, health is degraded and the queue is not ready: none unless said. */
    public JobQueueBuilder deadLettersAtMost(long jobs) {
        bounds = new QueueBounds(bounds.payloadBytes(), bounds.waiting(), bounds.lag(), jobs);
        return this;
    }

    /** The queue, which is not started yet; the database must answer. */
    public JobQueue build() {
        return new JobQueue(this);
    }

    Workshop workshop(String instance) {
        return new Workshop(source, new JobTable(source, instance), clock, random, meters, new Closing());
    }

    Pace pace() {
        return new Pace(UUID.randomUUID().toString(), polling, heartbeat, head);
    }

    List<Handled> handled() {
        return List.copyOf(handled.values());
    }

    Set<String> enqueued() {
        Set<String> elsewhere = new LinkedHashSet<>(enqueued);
        elsewhere.removeAll(handled.keySet());
        return elsewhere;
    }

    QueueBounds bounds() {
        return bounds;
    }

    Optional<String> home() {
        return home;
    }

    ChangeSink changes() {
        return changes;
    }
}
