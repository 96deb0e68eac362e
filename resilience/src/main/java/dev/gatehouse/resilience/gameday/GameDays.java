// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays scenarios on the running application, one at a time, and keeps what they came to. A scenario's faults are ended
 * whatever happens: by the runner when it fails or is interrupted, by themselves when the runner hangs, and with the process
 * when that is killed. Where faults are not allowed nothing is played. Thread-safe.
 */
public final class GameDays implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long BETWEEN_MILLIS = 50;
    private static final long CLOSING_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(GameDays.class);

    private final Map<String, Scenario> scenarios;
    private final GameDayResults results;
    private final Stage stage;
    private final AtomicReference<@Nullable String> playing = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> player = new AtomicReference<>();

    private GameDays(Builder builder) {
        scenarios = Map.copyOf(builder.scenarios);
        results = builder.results;
        stage = new Stage(
                builder.faults, builder.circuits, builder.clock, builder.ticker, new Lookout(LOOK), builder.pacing);
    }

    /** A runner that injects into these faults; results are kept in memory unless said otherwise. */
    public static Builder builder(Faults faults) {
        return new Builder(faults);
    }

    /** The names of the scenarios, sorted. */
    public List<String> scenarios() {
        return scenarios.keySet().stream().sorted().toList();
    }

    /**
     * Plays a scenario and keeps its result. Takes as long as the scenario does; ends early when interrupted.
     *
     * @throws dev.gatehouse.resilience.fault.FaultsRefusedException where faults are not allowed
     * @throws GameDayRefusedException when there is no such scenario, or one is being played
     */
    public GameDayResult play(String scenario, Actor actor) {
        Scenario known = claim(scenario, actor);
        return finish(known, actor);
    }

    /** Begins to play a scenario on a thread of its own and returns; refused like {@link #play}. */
    public void start(String scenario, Actor actor) {
        Scenario known = claim(scenario, actor);
        Thread thread = new Thread(() -> finish(known, actor), "gatehouse-game-day-" + scenario);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(
                (dead, e) -> LOG.error("the result of game day '{}' could not be kept", scenario, e));
        thread.start();
    }

    private Scenario claim(String scenario, Actor actor) {
        Scenario known = Optional.ofNullable(scenarios.get(scenario))
                .orElseThrow(() ->
                        new GameDayRefusedException("there is no scenario '" + scenario + "', only " + scenarios()));
        stage.faults().requireAllowed(known.faults().get(0), actor);
        if (!playing.compareAndSet(null, scenario)) {
            throw new GameDayRefusedException("another one is being played");
        }
        return known;
    }

    private GameDayResult finish(Scenario known, Actor actor) {
        player.set(Thread.currentThread());
        try {
            GameDayResult result = new Play(known, actor, stage).run();
            results.keep(result);
            return result;
        } finally {
            player.set(null);
            playing.set(null);
        }
    }

    /** Interrupts the game day that is being played and waits for it, at most 5 seconds. */
    @Override
    public void close() {
        Thread playingOn = player.get();
        if (playingOn == null || playingOn == Thread.currentThread()) {
            return;
        }
        playingOn.interrupt();
        try {
            playingOn.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The scenario that is being played, if any. */
    public Optional<String> playing() {
        return Optional.ofNullable(playing.get());
    }

    /** What was played. */
    public GameDayResults results() {
        return results;
    }

    /** What the consoles see. */
    public Panel panel() {
        return new GameDaysPanel(this);
    }

    /** Sets up a runner. Not thread-safe. */
    public static final class Builder {

        private final Faults faults;
        private final Map<String, Scenario> scenarios = new LinkedHashMap<>();
        private GameDayResults results = GameDayResults.inMemory();
        private Circuits circuits = dependency -> false;
        private InstantSource clock = InstantSource.system();
        private Ticker ticker = Ticker.system();
        private Stage.Pacing pacing = () -> TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);

        private Builder(Faults faults) {
            this.faults = faults;
        }

        /** Adds scenarios; refused when two share a name. */
        public Builder scenarios(Scenario... added) {
            for (Scenario scenario : added) {
                if (scenarios.putIfAbsent(scenario.name(), scenario) != null) {
                    throw new IllegalArgumentException("resilience.gameday: two scenarios are named '" + scenario.name()
                            + "' but their names must differ");
                }
            }
            return this;
        }

        /** Where results are kept. */
        public Builder results(GameDayResults value) {
            results = value;
            return this;
        }

        /** How circuits stand: a {@code ResilienceGate} tells. */
        public Builder circuits(Circuits value) {
            circuits = value;
            return this;
        }

        /** Dates results. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Where elapsed time comes from. */
        public Builder ticker(Ticker value) {
            ticker = value;
            return this;
        }

        Builder pacing(Stage.Pacing value) {
            pacing = value;
            return this;
        }

        /** The runner. */
        public GameDays build() {
            return new GameDays(this);
        }
    }
}
