// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One try of an asynchronous guarded call, as its work sees it. Thread-safe. */
public final class AsyncAttempt extends Watched {

    private Runnable onTimeUp = () -> {};
    private volatile @Nullable CompletionStage<?> end;

    /** The watchdog's alone. */
    private boolean told;

    private boolean overran;

    AsyncAttempt(Ticker ticker, long startedAt, long allowance) {
        super(ticker, startedAt, allowance);
    }

    /** What to do when time is up; to be said before it is watched. */
    void onTimeUp(Runnable value) {
        onTimeUp = value;
    }

    /** Time left for this try, never negative. */
    @Override
    public Duration remaining() {
        return super.remaining();
    }

    /**
     * Says when the work has truly ended, for work that goes on after its stage was cancelled, as that of {@link
     * java.util.concurrent.CompletableFuture#supplyAsync} does. Until then its place in the bulkhead is not given to anyone.
     * To be said before the stage is returned.
     */
    public void heldUntil(CompletionStage<?> value) {
        end = value;
    }

    @Nullable CompletionStage<?> end() {
        return end;
    }

    @Override
    long inspect(Watchdog.Means means) {
        long left = allowance() - elapsedNanos();
        if (left > 0) {
            return left;
        }
        if (!told) {
            told = true;
            means.run(onTimeUp);
        } else if (left <= -Watchdog.AGAIN_NANOS && !overran) {
            overran = true;
            means.overran();
        }
        return overran ? Watchdog.NEVER : Watchdog.AGAIN_NANOS;
    }
}
