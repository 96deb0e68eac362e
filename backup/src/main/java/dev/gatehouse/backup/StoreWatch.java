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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves each copy of the store every interval, by reading and writing with the present credentials, and brings mirrors
 * in step. On a thread of its own, so that a store which hangs does not hold up the schedule.
 */
final class StoreWatch {

    /** How often copies are proved. */
    static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

    private final BackupStore store;
    private final InstantSource clock;
    private final Object looking = new Object();
    private volatile List<StoreState> states;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Future<?> looks;

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
            timer = Executors.newSingleThreadScheduledExecutor(StoreWatch::thread);
            looks = timer.scheduleWithFixedDelay(this::stumble, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-backup-stores");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks soon, because there is something new to copy. */
    synchronized void nudge() {
        if (timer != null && !timer.isShutdown() && states.size() > 1) {
            timer.execute(this::stumble);
        }
    }

    /** Ends a look in progress, for whose end it waits a second. */
    synchronized void stop() {
        if (timer == null || looks == null) {
            return;
        }
        looks.cancel(false);
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
    private void stumble() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("watching the stores stumbled and goes on", e);
        }
    }

    /** Proves every copy and brings mirrors in step, now. */
    List<StoreState> look() {
        synchronized (looking) {
            List<StoreState> proven = new ArrayList<>();
            for (int i = 0; i < states.size(); i++) {
                proven.add(prove(states.get(i), store.copies().get(i)));
            }
            states = List.copyOf(proven);
            states = reported(store.reconcile());
            return states;
        }
    }

    private StoreState prove(StoreState state, BackupStore copy) {
        try {
            copy.prove();
            state.trouble()
                    .ifPresent(
                            over -> LOG.info("{} is well again", state.place().name()));
            return state.proven(clock.instant());
        } catch (IOException | RuntimeException e) {
            LOG.error("{} could not be proved: {}", state.place().name(), e.toString());
            return state.failed(new Trouble(kind(e), String.valueOf(e.getMessage())));
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

    private List<StoreState> reported(List<CopyReport> reports) {
        return states.stream()
                .map(state -> reports.stream()
                        .filter(report -> report.name().equals(state.place().name()))
                        .findFirst()
                        .map(state::reported)
                        .orElse(state))
                .toList();
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
