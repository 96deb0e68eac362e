// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.testing.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SessionCacheTest {

    private static final Session SESSION = of("ann");

    private final ManualTime time = new ManualTime();
    private final TokenCache<Session> cache = new TokenCache<>(100, time, Session::account);
    private final TokenHash hash = new Tokens(new SecureRandom()).issue().hash();

    private static Session of(String account) {
        return new Session(
                "s",
                account,
                "ann@example.org",
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                Instant.EPOCH,
                Instant.MAX,
                null);
    }

    @Test
    void keepsASessionForFiveSecondsHoweverOftenItIsUsed() {
        cache.load(hash, () -> Optional.of(SESSION));
        for (int i = 0; i < 49; i++) {
            time.advance(Duration.ofMillis(100));
            assertThat(cache.get(hash)).isSameAs(SESSION);
        }
        time.advance(Duration.ofMillis(100));
        assertThat(cache.get(hash)).isNull();
    }

    @Test
    void keepsNothingOfAFailedOrEmptyLookUp() {
        assertThat(cache.load(hash, Optional::empty)).isEmpty();
        assertThatThrownBy(() -> cache.load(hash, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        assertThat(cache.get(hash)).isNull();
        assertThat(cache.load(hash, () -> Optional.of(SESSION))).contains(SESSION);
    }

    @Test
    void forgetsWhatALookUpPastItFindsNoMore() {
        cache.load(hash, () -> Optional.of(SESSION));
        cache.load(hash, Optional::empty);
        assertThat(cache.get(hash)).isNull();
    }

    @Test
    void aLookUpUnderWayIsNotKeptWhenItsAccountChanges() throws Exception {
        assertThat(keptAfter(cache -> cache.dropAccount("ann"))).isFalse();
    }

    @Test
    void aChangeOfOneAccountForgetsItsSessionsAndLeavesTheOthers() {
        TokenHash other = new Tokens(new SecureRandom()).issue().hash();
        Session bobs = of("bob");
        cache.load(hash, () -> Optional.of(SESSION));
        cache.load(other, () -> Optional.of(bobs));
        cache.dropAccount("ann");
        assertThat(cache.get(hash)).isNull();
        assertThat(cache.get(other)).isSameAs(bobs);
        cache.dropAll();
        assertThat(cache.get(other)).isNull();
    }

    /** Whether a session that was read before it was ended is kept when the read ends after. */
    private boolean keptAfter(Consumer<TokenCache<Session>> ending) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Void> looking = CompletableFuture.runAsync(() -> cache.load(hash, () -> {
            if (reads.getAndIncrement() > 0) {
                return Optional.empty();
            }
            read.countDown();
            await(goOn);
            return Optional.of(SESSION);
        }));
        read.await();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> ending.accept(cache));
        // Whether the ending waits for the look-up or not, it has begun before the look-up goes on.
        while (!ended.isDone() && !isWaiting()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        CompletableFuture.allOf(looking, ended).get();
        return cache.get(hash) != null;
    }

    private static boolean isWaiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.BLOCKED)
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(TokenCache.class.getName()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
