// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.Tx;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that are done after the commit, on H2 or PostgreSQL. A job exists if and only if the transaction that enqueued it
 * commits. It is done at least once: its handler is given the same key at every attempt, on every instance. An attempt
 * that fails is repeated after a pause, within bounds of number and age; then the job is a dead letter, kept until people
 * decide. Each kind has threads of its own, so that none holds up another. Thread-safe.
 *
 * <p>Any number of instances share one database. Jobs of a kind that has no handler here are left to those that have one.
 */
public final class JobQueue implements AutoCloseable {

    /** The tables, for the application's one explicit migration. */
    public static final Schema SCHEMA = Schema.of("resilience", "V1__queue.sql", "V2__queue_indexes.sql");

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

    private final Workshop workshop;
    private final Pace pace;
    private final QueueBounds bounds;
    private final Quarantine quarantine;
    private final DeadLetters deadLetters;
    private final Vitals vitals;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Wake> wakes = new LinkedHashMap<>();
    private final Map<String, KindMeters> meters = new LinkedHashMap<>();
    private final ScheduledExecutorService timer;
    private volatile boolean started;

    JobQueue(JobQueueBuilder builder) {
        pace = builder.pace();
        workshop = builder.workshop(pace.instance());
        bounds = builder.bounds();
        quarantine = new Quarantine(
                workshop, builder.home().orElseGet(() -> new Whereabouts(workshop.table()).here()), builder.changes());
        deadLetters = new DeadLetters(workshop.table(), workshop.clock(), builder.changes());
        timer = new QuietTimer("queue-timer");
        List<LaneTask> tasks = builder.handled().stream()
                .map(handled -> new LaneTask(handled, workshop))
                .toList();
        tasks.forEach(task -> add(new Lane(task, tasks, workshop, pace)));
        builder.enqueued().forEach(kind -> meters.put(kind, new KindMeters(kind, workshop.meters())));
        vitals = new Vitals(workshop.table(), workshop.clock(), lanes.keySet());
        new QueueMeters(vitals, workshop.meters()).register();
    }

    private void add(Lane lane) {
        lanes.put(lane.kind(), lane);
        wakes.put(lane.kind(), new Wake(lane, timer));
        meters.put(lane.kind(), lane.task().meters());
    }

    /** A queue in {@code source}, with no kinds of jobs yet. */
    public static JobQueueBuilder builder(DataSource source) {
        return new JobQueueBuilder(source);
    }

    /**
     * Adds a job in the caller's transaction. Refused, with an exception that leaves the transaction usable, is a kind that
     * was not declared, a payload above the bound, and anything while more jobs wait than the bound allows.
     */
    public Enqueued enqueue(Tx tx, Job job) {
        KindMeters counted = meters.get(job.kind());
        if (counted == null) {
            throw new IllegalArgumentException("resilience.queue.kind: was '" + job.kind() + "' but must be one of "
                    + meters.keySet() + "; declare it with handle or enqueues");
        }
        bounds.admit(job, vitals.lastKnown());
        Instant now = workshop.clock().instant();
        NewJob written = new NewJob(
                job.kind(),
                newId(),
                now.plus(job.delay()),
                job.priority().level(),
                job.dedup().orElse(null),
                Envelope.of(job, now, RequestContext.current()));
        boolean added = workshop.table().insert(tx, written);
        counted.enqueued(added);
        wake(job);
        return added ? new Enqueued.Accepted(written.id()) : new Enqueued.Duplicate();
    }

    private String newId() {
        byte[] id = new byte[16];
        workshop.random().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private void wake(Job job) {
        Wake wake = wakes.get(job.kind());
        if (started && wake != null && job.delay().isZero()) {
            wake.soon();
        }
    }

    /**
     * Takes back, in the caller's transaction, the job of this kind and deduplication key; false when there is none. An
     * attempt that runs already goes on, and is the last.
     */
    public boolean cancel(Tx tx, String kind, String dedup) {
        return workshop.table().cancel(tx, kind, dedup);
    }

    /** The jobs that were given up. */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Whether the queue is held back, and how to change that. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** How the queue stands on all instances, as of some seconds ago. */
    public QueueStatus status() {
        return vitals.status();
    }

    /** Checks the tables and begins to work. A queue that is never started can enqueue and be looked at. */
    public void start() {
        SchemaCheck.verify(workshop.source(), SCHEMA);
        quarantine.enter();
        quarantine.reason().ifPresent(reason -> LOG.warn("the queue is held back until it is released: {}", reason));
        lanes.values().forEach(Lane::start);
        started = true;
        sample();
    }

    private void sample() {
        try {
            vitals.refresh();
        } catch (RuntimeException e) {
            LOG.warn("how the queue stands could not be read: {}", e.toString());
        }
        if (!timer.isShutdown()) {
            var unused = timer.schedule(this::sample, vitals.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Does what is due while time allows, ends what runs, and picks nothing more. */
    public void drain(Deadline until) {
        if (started) {
            new Drain(lanes(), workshop, pace).until(until);
        }
    }

    /** Interrupts what runs, puts it back and stops. */
    @Override
    public void close() {
        workshop.closing().begin();
        timer.shutdown();
        if (started) {
            started = false;
            lanes.values().forEach(Lane::stop);
        }
    }

    boolean isStarted() {
        return started;
    }

    Workshop workshop() {
        return workshop;
    }

    QueueBounds bounds() {
        return bounds;
    }

    Vitals vitals() {
        return vitals;
    }

    List<Lane> lanes() {
        return List.copyOf(lanes.values());
    }
}
