// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.StoreState.Trouble;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.CopyReport;
import dev.gatehouse.backup.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves each copy of the store every interval, by reading and writing with the present credentials, and brings mirrors
 * in step. Each on a thread of its own, so that a store which hangs does not hold up the schedule, and a mirror that is
 * given much does not keep credentials from being proved.
 */
final class StoreWatch {

    /** How often copies are proved. */
    static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final BackupStore store;
    private final InstantSource clock;
    private final Object proving = new Object();
    private final Object telling = new Object();
    private volatile List<StoreState> states;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Future<?> proofs;

    StoreWatch(Settings settings) {
        this.store = settings.store();
        this.clock = settings.surroundings().clock();
        this.states = store.copies().stream()
                .map(copy -> new StoreState(copy.place(), Optional.empty(), Optional.empty(), Optional.empty()))
                .toList();
        new StoreMeters(settings.surroundings(), this);
    }

    /** What is known, the first copy first. Asks no store. */
    List<StoreState> states() {
        return states;
    }

    synchronized void start() {
        if (timer == null) {
            timer = Executors.newScheduledThreadPool(2, StoreWatch::thread);
            proofs = every(timer, this::prove);
            var unused = every(timer, this::reconcile);
        }
    }

    private static Future<?> every(ScheduledExecutorService timer, Runnable work) {
        return timer.scheduleWithFixedDelay(() -> stumble(work), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-backup-stores");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks soon, because there is something new to copy. */
    synchronized void nudge() {
        if (timer != null && !timer.isShutdown() && states.size() > 1) {
            timer.execute(() -> stumble(this::reconcile));
        }
    }

    /** Ends a look in progress, for whose end it waits a second. */
    synchronized void stop() {
        if (timer == null || proofs == null) {
            return;
        }
        proofs.cancel(false);
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("a look at the stores goes on while backups close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A look that throws would be the last one, so none does. */
    private static void stumble(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("watching the stores stumbled and goes on", e);
        }
    }

    /** Proves every copy and brings mirrors in step, now. */
    List<StoreState> look() {
        prove();
        reconcile();
        return states;
    }

    /** Proves every copy, now; what one tells is known before the next is asked. */
    void prove() {
        synchronized (proving) {
            for (BackupStore copy : store.copies()) {
                prove(copy);
            }
        }
    }

    private void prove(BackupStore copy) {
        String name = copy.place().name();
        try {
            copy.prove();
            Instant now = clock.instant();
            change(name, state -> {
                state.trouble().ifPresent(over -> LOG.info("{} is well again", name));
                return state.proven(now);
            });
        } catch (IOException | RuntimeException e) {
            LOG.error("{} could not be proved: {}", name, e.toString());
            Trouble trouble = new Trouble(kind(e), String.valueOf(e.getMessage()));
            change(name, state -> state.failed(trouble));
        }
    }

    private void reconcile() {
        store.reconcile().forEach(report -> change(report.name(), state -> state.reported(report)));
    }

    private void change(String name, UnaryOperator<StoreState> change) {
        synchronized (telling) {
            states = states.stream()
                    .map(state -> state.place().name().equals(name) ? change.apply(state) : state)
                    .toList();
        }
    }

    private static Trouble.Kind kind(Exception e) {
        Optional<StoreException> told = StoreException.in(e);
        if (told.isPresent() && told.get() instanceof StoreException.Credentials) {
            return Trouble.Kind.CREDENTIALS;
        }
        return told.isPresent() && told.get() instanceof StoreException.Unfit
                ? Trouble.Kind.UNFIT
                : Trouble.Kind.UNAVAILABLE;
    }

    /** Refused credentials, an unfit store, a first copy in trouble and a mirror that lost something are down. */
    HealthStatus health() {
        Instant now = clock.instant();
        for (int i = 0; i < states.size(); i++) {
            Optional<String> wrong = grave(states.get(i), i == 0, now);
            if (wrong.isPresent()) {
                return HealthStatus.down(wrong.get());
            }
        }
        return states.stream()
                .flatMap(state -> behind(state).stream())
                .findFirst()
                .map(HealthStatus::degraded)
                .orElseGet(HealthStatus::up);
    }

    private static Optional<String> grave(StoreState state, boolean first, Instant now) {
        Optional<String> alarm = state.mirror().stream()
                .flatMap(report -> report.alarms().stream())
                .findFirst();
        boolean asleep = state.provenAt()
                .filter(at -> Duration.between(at, now).compareTo(INTERVAL.multipliedBy(3)) > 0)
                .isPresent();
        return alarm.or(() -> state.trouble()
                        .filter(trouble -> first || trouble.kind() != Trouble.Kind.UNAVAILABLE)
                        .map(Trouble::message))
                .or(() -> asleep && state.trouble().isEmpty()
                        ? Optional.of(state.place().name() + " was last proved at "
                                + state.provenAt().orElse(now))
                        : Optional.empty());
    }

    private static Optional<String> behind(StoreState state) {
        return state.trouble()
                .map(Trouble::message)
                .or(() -> state.mirror().flatMap(CopyReport::trouble))
                .or(() -> state.provenAt().isEmpty()
                        ? Optional.of(state.place().name() + " was not proved yet")
                        : Optional.empty());
    }
}
