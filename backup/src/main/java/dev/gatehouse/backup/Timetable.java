// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.format.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks twice a minute whether something is due, judged by what the store holds. */
final class Timetable {

    static final Duration LOOK = Duration.ofSeconds(30);

    /** How old what is known of the store may be before it is read again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** How often retention looks. */
    static final Duration TEND = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private final Settings settings;
    private final Runner runner;
    private final Runnable tend;
    private Optional<Instant> tended = Optional.empty();
    private @Nullable ScheduledExecutorService timer;
    private final Duration every;
    private @Nullable Future<?> looks;

    /** One that also does {@code tend} each hour. */
    Timetable(Settings settings, Runner runner, Runnable tend) {
        this(settings, runner, tend, LOOK);
    }

    Timetable(Settings settings, Runner runner, Runnable tend, Duration every) {
        this.every = every;
        this.settings = settings;
        this.runner = runner;
        this.tend = tend;
    }

    synchronized void start() {
        if (timer != null) {
            throw new IllegalStateException("backup: started twice");
        }
        timer = Executors.newScheduledThreadPool(2, Timetable::thread);
        looks = repeat(timer, this::tick);
        // Apart from the looks: while the store keeps one of them waiting, the turn of the run in progress must not
        // end.
        var unused = repeat(timer, runner::renew);
    }

    private Future<?> repeat(ScheduledExecutorService timer, Runnable work) {
        return timer.scheduleWithFixedDelay(() -> stumble(work), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-backup-timer");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
        if (looks != null) {
            looks.cancel(false);
        }
    }

    /** A look that throws would be the last one, so none does. */
    private static void stumble(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("the backup schedule stumbled and goes on", e);
        }
    }

    void tick() {
        Instant now = now();
        if (!isFresh(runner.state(), now)) {
            runner.refresh();
        }
        if (runner.state().trouble().isEmpty()) {
            for (Kind kind : Kind.values()) {
                submitIfDue(kind);
            }
            tendIfDue(now);
        }
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }

    private void tendIfDue(Instant now) {
        boolean due = tended.map(at -> at.isAfter(now) || !now.isBefore(at.plus(TEND)))
                .orElse(true);
        if (due && runner.offer(tend)) {
            tended = Optional.of(now);
        }
    }

    private static boolean isFresh(State state, Instant now) {
        return state.trouble().isEmpty()
                && state.readAt()
                        .filter(at -> !at.isAfter(now) && at.plus(FRESH).isAfter(now))
                        .isPresent();
    }

    private void submitIfDue(Kind kind) {
        Optional<Instant> attempt = runner.log().lastEnded(kind).map(Run::startedAt);
        if (isDue(kind, attempt)
                && !runner.log().isActive(kind)
                && runner.submit(Ask.due(kind, () -> isDue(kind, attempt))) instanceof Submission.Refused no) {
            LOG.warn("a {} is due but was refused: {}", kind, no.reason());
        }
    }

    /** Whether one is due by what the store holds. Of nothing there is neither a drill nor a verification. */
    private boolean isDue(Kind kind, Optional<Instant> attempt) {
        State state = runner.state();
        boolean possible = kind == Kind.BACKUP || state.holdings().newest().isPresent();
        return possible
                && due(settings, kind)
                        .map(due -> due.isDue(last(state, kind), attempt, now()))
                        .orElse(false);
    }

    static Optional<Due> due(Settings settings, Kind kind) {
        return switch (kind) {
            case BACKUP -> settings.backups();
            case DRILL -> settings.drills();
            case VERIFY -> settings.operations().verification().due();
        };
    }

    /** When the last one of this kind was, by what the store holds. */
    static Optional<Instant> last(State state, Kind kind) {
        Holdings holdings = state.holdings();
        return switch (kind) {
            case BACKUP -> lastBackup(state);
            case DRILL -> holdings.newestProof().map(proof -> proof.measured().startedAt());
            case VERIFY -> holdings.verifications().stream().findFirst().map(Verification::startedAt);
        };
    }

    static Optional<Instant> lastBackup(State state) {
        return state.holdings().newest().map(newest -> newest.timing().snapshotAt());
    }
}
