// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was seen so far, and the first thing that was not as it should be. For one thread. */
final class Log {

    private final Ticker ticker;
    private final List<Observation> observations = new ArrayList<>();
    private Phase phase = Phase.STEADY_STATE;
    private long since;
    private Optional<Verdict> failure = Optional.empty();

    Log(Ticker ticker) {
        this.ticker = ticker;
        this.since = ticker.nanos();
    }

    void begin(Phase next) {
        phase = next;
        since = ticker.nanos();
    }

    /** How long ago this part began. */
    Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - since);
    }

    void saw(String what, Reading reading) {
        observations.add(new Observation(phase, what, reading.holds(), reading.measured(), elapsed()));
        if (!reading.holds()) {
            fail(what + ": " + reading.measured());
        }
    }

    void fail(String reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(new Verdict.Failed(phase, reason));
        }
    }

    boolean failed() {
        return failure.isPresent();
    }

    Verdict verdict() {
        return failure.orElseGet(Verdict.Held::new);
    }

    List<Observation> observations() {
        return List.copyOf(observations);
    }
}
