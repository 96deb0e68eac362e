// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.drill.BootProbe;
import dev.gatehouse.backup.drill.TimedProbe;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.pipeline.Flow;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.runbook.RunbookSettings;
import dev.gatehouse.backup.schedule.Expectations;
import dev.gatehouse.backup.schedule.RunLease;
import dev.gatehouse.backup.schedule.Schedule;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Builds {@link Backups}: source, store and keys are required, the rest has a default. */
public final class BackupsBuilder {

    private static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_STALL = Duration.ofDays(1);

    private @Nullable BackupSource source;
    private @Nullable BackupStore store;
    private @Nullable KeyProvider keys;
    private HighWaterMark marks = HighWaterMark.inMemory();
    private Optional<BootProbe> probe = Optional.empty();
    private Optional<Schedule> backups = Optional.empty();
    private Optional<Schedule> drills = Optional.empty();
    private Optional<Schedule> verifications = Optional.empty();
    private VerifyLevel verifyLevel = VerifyLevel.SAMPLE;
    private VerifyBudget verifyBudget = VerifyBudget.standard();
    private Optional<RetentionSettings> retention = Optional.empty();
    private Expectations expectations = Expectations.standard();
    private RunLease lease = RunLease.alone();
    private AuditSink audit = AuditSink.none();
    private Optional<DestructiveGuard> guard = Optional.empty();
    private Optional<RunbookOrder> runbook = Optional.empty();
    private Optional<String> primaryRegion = Optional.empty();
    private final List<String> refused = new ArrayList<>();
    private Duration probeTimeout = Duration.ofSeconds(60);
    private Path workFolder = Path.of(System.getProperty("java.io.tmpdir"));
    private InstantSource clock = InstantSource.system();
    private Ticker ticker = Ticker.system();
    private SecureRandom random = new SecureRandom();
    private MeterRegistry meters = new CompositeMeterRegistry();
    private ChangeSink changes = ChangeSink.none();
    private long chunkBytes = 64L << 20;
    private int workers = Math.min(Flow.MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    private OptionalLong bytesPerSecond = OptionalLong.empty();
    private Duration stallTimeout = Duration.ofMinutes(10);

    BackupsBuilder() {}

    /** What is backed up. */
    public BackupsBuilder source(BackupSource source) {
        this.source = source;
        return this;
    }

    /** Where backups lie. */
    public BackupsBuilder store(BackupStore store) {
        this.store = store;
        return this;
    }

    /** What wraps the data keys. */
    public BackupsBuilder keys(KeyProvider keys) {
        this.keys = keys;
        return this;
    }

    /** Where the newest backup is remembered outside the store; by default in memory only. */
    public BackupsBuilder highWaterMark(HighWaterMark marks) {
        this.marks = marks;
        return this;
    }

    /** How the application is started on a restored database and used; without one, drills compare facts only. */
    public BackupsBuilder drillProbe(BootProbe probe) {
        this.probe = Optional.of(probe);
        return this;
    }

    /** How long each step of a probe may take; 60 seconds by default. */
    public BackupsBuilder probeTimeout(Duration timeout) {
        this.probeTimeout = timeout;
        return this;
    }

    /** Backs up on this interval, measured from the newest backup in the store; at least a minute. */
    public BackupsBuilder backUpEvery(Duration interval) {
        this.backups = every("backUpEvery", interval);
        return this;
    }

    /** Backs up when {@code schedule} says, after the newest backup in the store. */
    public BackupsBuilder backUp(Schedule schedule) {
        this.backups = Optional.of(schedule);
        return this;
    }

    /** Drills the newest backup on this interval, measured from the newest drill in the store; at least a minute. */
    public BackupsBuilder drillEvery(Duration interval) {
        this.drills = every("drillEvery", interval);
        return this;
    }

    /** Drills the newest backup when {@code schedule} says, after the newest drill in the store. */
    public BackupsBuilder drill(Schedule schedule) {
        this.drills = Optional.of(schedule);
        return this;
    }

    /** Verifies all backups when {@code schedule} says, after the newest verification in the store. */
    public BackupsBuilder verify(Schedule schedule) {
        this.verifications = Optional.of(schedule);
        return this;
    }

    /** How deep scheduled verifications look, and what each verification may cost; by default a sample of a gibibyte. */
    public BackupsBuilder verification(VerifyLevel level, VerifyBudget budget) {
        this.verifyLevel = level;
        this.verifyBudget = budget;
        return this;
    }

    /**
     * Plans removals by {@code policy}, for people to approve, and removes what they approved. {@code pruner} is the
     * same store through credentials that may delete; those of {@link #store} need not.
     */
    public BackupsBuilder retention(RetentionPolicy policy, BackupStore pruner) {
        this.retention = Optional.of(new RetentionSettings(policy, pruner, false));
        return this;
    }

    /** The same, and nobody is asked: every plan approves itself. */
    public BackupsBuilder retentionWithoutApproval(RetentionPolicy policy, BackupStore pruner) {
        this.retention = Optional.of(new RetentionSettings(policy, pruner, true));
        return this;
    }

    /** What backups should look like: size, age, duration. */
    public BackupsBuilder expectations(Expectations expectations) {
        this.expectations = expectations;
        return this;
    }

    /** Who of a fleet does a run; by default this process is alone. */
    public BackupsBuilder lease(RunLease lease) {
        this.lease = lease;
        return this;
    }

    /** Where approvals, refusals and removals are told; by default nowhere. */
    public BackupsBuilder audit(AuditSink audit) {
        this.audit = audit;
        return this;
    }

    /** What the application asks before it destroys data, for the readiness report. */
    public BackupsBuilder guard(DestructiveGuard guard) {
        this.guard = Optional.of(guard);
        return this;
    }

    /**
     * What the written procedure of a restore says, for {@link Backups#runbook} and the readiness report. After each
     * drill that passed it is written, with the times that were measured: beside the backups, as
     * {@code v1/SOURCE/runbooks/NUMBER-DRILL.md}, and as {@code RUNBOOK.md} and {@code RUNBOOK.html} into each of these
     * folders, which are made when missing.
     */
    public BackupsBuilder runbook(RunbookSettings says, Path... folders) {
        this.runbook = Optional.of(new RunbookOrder(says, List.of(folders)));
        return this;
    }

    /** The region in which the application runs, in the words of the stores' places, for the readiness report. */
    public BackupsBuilder primaryRegion(String region) {
        this.primaryRegion = Optional.of(region);
        return this;
    }

    private Optional<Schedule> every(String name, Duration interval) {
        if (interval.compareTo(LEAST_INTERVAL) < 0) {
            refused.add(name + " was " + interval + " but must be at least " + LEAST_INTERVAL);
            return Optional.empty();
        }
        return Optional.of(Schedule.every(interval));
    }

    /**
     * Where unencrypted copies lie during a run, in private folders that are always removed; the system's folder for
     * temporary files by default. It needs room for two copies of the source.
     */
    public BackupsBuilder workFolder(Path folder) {
        this.workFolder = folder;
        return this;
    }

    /** The wall clock. */
    public BackupsBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** The ticker that measures durations. */
    public BackupsBuilder ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /** The source of IDs and data keys. */
    public BackupsBuilder random(SecureRandom random) {
        this.random = random;
        return this;
    }

    /** Where meters are registered. */
    public BackupsBuilder meters(MeterRegistry meters) {
        this.meters = meters;
        return this;
    }

    /** Where finished backups and drills are told. */
    public BackupsBuilder changes(ChangeSink changes) {
        this.changes = changes;
        return this;
    }

    /** The most plain bytes of one stored chunk, 1 KiB to 1 GiB; 64 MiB by default. */
    public BackupsBuilder chunkBytes(long bytes) {
        this.chunkBytes = bytes;
        return this;
    }

    /** How many threads compress, or decompress, at the same time, 1 to 6; by default the processors, at most 6. */
    public BackupsBuilder workers(int workers) {
        this.workers = workers;
        return this;
    }

    /** The most bytes that a backup reads from its source in a second, at least 1,024; no limit by default. */
    public BackupsBuilder bytesPerSecond(long bytes) {
        this.bytesPerSecond = OptionalLong.of(bytes);
        return this;
    }

    /**
     * How long a source may give nothing before its backup is given up, a second to a day; 10 minutes by default. The
     * time in which the store is waited for does not count.
     */
    public BackupsBuilder stallTimeout(Duration timeout) {
        this.stallTimeout = timeout;
        return this;
    }

    /** The backups; refuses with every problem at once. */
    public Backups build() {
        List<String> problems = problems();
        if (source == null || store == null || keys == null || !problems.isEmpty()) {
            require(problems, source != null, "source is missing");
            require(problems, store != null, "store is missing");
            require(problems, keys != null, "keys are missing");
            throw new IllegalArgumentException("backup: " + String.join("; ", problems));
        }
        return new Backups(new Settings(
                source,
                store,
                keys,
                marks,
                probe.map(asked -> new TimedProbe(asked, probeTimeout)),
                backups.map(Due::new),
                drills.map(Due::new),
                workFolder,
                new Flow(chunkBytes, workers, bytesPerSecond, stallTimeout),
                new Operations(
                        retention,
                        new Operations.Verifying(verifications.map(Due::new), verifyLevel, verifyBudget),
                        expectations,
                        lease,
                        audit,
                        guard,
                        runbook,
                        primaryRegion),
                new Settings.Surroundings(clock, ticker, random, meters, changes)));
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(refused);
        atLeast(problems, "probeTimeout", probeTimeout, Duration.ofMillis(1));
        require(
                problems,
                chunkBytes >= 1024 && chunkBytes <= 1L << 30,
                "chunkBytes was " + chunkBytes + " but must be 1024 to " + (1L << 30));
        require(
                problems,
                workers >= 1 && workers <= Flow.MOST_WORKERS,
                "workers was " + workers + " but must be 1 to " + Flow.MOST_WORKERS);
        require(
                problems,
                bytesPerSecond.orElse(1024) >= 1024,
                "bytesPerSecond was " + bytesPerSecond.orElse(0) + " but must be at least 1024");
        atLeast(problems, "stallTimeout", stallTimeout, Duration.ofSeconds(1));
        require(
                problems,
                stallTimeout.compareTo(LONGEST_STALL) <= 0,
                "stallTimeout was " + stallTimeout + " but must be at most " + LONGEST_STALL);
        return problems;
    }

    private static void atLeast(List<String> problems, String name, Duration value, Duration least) {
        require(problems, value.compareTo(least) >= 0, name + " was " + value + " but must be at least " + least);
    }

    private static void require(List<String> problems, boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
