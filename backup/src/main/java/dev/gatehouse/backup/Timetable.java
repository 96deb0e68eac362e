// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
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

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private final Settings settings;
    private final Runner runner;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Future<?> looks;

    Timetable(Settings settings, Runner runner) {
        this.settings = settings;
        this.runner = runner;
    }

    synchronized void start() {
        if (timer != null) {
            throw new IllegalStateException("backup: started twice");
        }
        timer = Executors.newSingleThreadScheduledExecutor(Timetable::thread);
        looks = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
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
    private void look() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("the backup schedule stumbled and goes on", e);
        }
    }

    void tick() {
        Instant now = settings.surroundings().clock().instant();
        if (!isFresh(runner.state(), now)) {
            runner.refresh();
        }
        State state = runner.state();
        if (state.trouble().isEmpty()) {
            submitIfDue(settings.backups(), Kind.BACKUP, lastBackup(state), now);
            submitDrillIfDue(state, now);
        }
    }

    private static boolean isFresh(State state, Instant now) {
        return state.trouble().isEmpty()
                && state.readAt()
                        .filter(at -> !at.isAfter(now) && at.plus(FRESH).isAfter(now))
                        .isPresent();
    }

    private void submitDrillIfDue(State state, Instant now) {
        if (state.holdings().newest().isPresent()) {
            Optional<Instant> last =
                    state.holdings().newestProof().map(proof -> proof.measured().startedAt());
            submitIfDue(settings.drills(), Kind.DRILL, last, now);
        }
    }

    private void submitIfDue(Optional<Schedule> schedule, Kind kind, Optional<Instant> last, Instant now) {
        Optional<Instant> attempt = runner.log().lastEnded(kind).map(Run::startedAt);
        boolean due =
                schedule.map(interval -> interval.isDue(last, attempt, now)).orElse(false);
        if (due
                && !runner.log().isActive(kind)
                && runner.submit(kind, Optional.empty()) instanceof Submission.Refused no) {
            LOG.warn("a {} is due but was refused: {}", kind, no.reason());
        }
    }

    static Optional<Instant> lastBackup(State state) {
        return state.holdings().newest().map(newest -> newest.timing().snapshotAt());
    }
}
