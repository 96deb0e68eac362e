// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionLimit;
import dev.gatehouse.auth.session.SessionLimit.Policy;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.auth.store.Race;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions begin, are refreshed and die while sixteen threads, or a failing store, do their worst. */
abstract class SessionLifecycleContract {

    private static final int THREADS = 16;
    private static final int LIMIT = 3;

    private CountingStore store = new CountingStore(AuthStore.inMemory());
    private World world = new World();

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        store = new CountingStore(fresh());
        world = new World(store);
    }

    private boolean isLive(SessionTokens tokens) {
        return world.auth.sessionNow(tokens.session()).isPresent();
    }

    private long live() {
        String ann = world.auth.account(ANN).orElseThrow().id();
        return store.read(unit -> unit.sessions().of(ann)).stream()
                .filter(row -> store.read(unit -> unit.sessions().find(row.hash()))
                        .flatMap(found -> world.auth.parts().sessions().judge(found))
                        .isPresent())
                .count();
    }

    @Test
    void parallelRefreshesNeverForkNorEndTheFamily() {
        refreshRounds(30);
    }

    @Test
    @Tag("soak")
    void parallelRefreshesNeverForkNorEndTheFamilyInTwoThousandRounds() {
        refreshRounds(2_000);
    }

    /** Every fifth round presents what was used up two generations ago, which must be found out. */
    private void refreshRounds(int rounds) {
        world.ann();
        SessionTokens before = world.signIn().tokens();
        SessionTokens now = successor(before);
        for (int round = 1; round <= rounds; round++) {
            SessionTokens next = successor(now);
            assertThat(isLive(next)).as("round " + round).isTrue();
            assertThat(isLive(now)).as("round " + round).isFalse();
            if (round % 5 == 0) {
                SessionTokens stale = before;
                List<Refresh> answers = Race.results(THREADS, () -> world.auth.refresh(stale.refresh()));
                assertThat(answers).filteredOn(Refresh.Reused.class::isInstance).hasSize(1);
                assertThat(answers).filteredOn(Refresh.Ended.class::isInstance).hasSize(THREADS - 1);
                assertThat(isLive(next)).isFalse();
                before = world.signIn().tokens();
                now = successor(before);
            } else {
                before = now;
                now = next;
            }
        }
    }

    private SessionTokens successor(SessionTokens tokens) {
        List<Refresh> answers = Race.results(THREADS, () -> world.auth.refresh(tokens.refresh()));
        Set<SessionTokens> given = answers.stream()
                .map(answer -> ((Refresh.Refreshed) answer).tokens())
                .collect(Collectors.toSet());
        assertThat(given).hasSize(1);
        return given.iterator().next();
    }

    @Test
    void aRefreshDoesNotOutliveWhatEndsTheSessionBesideIt() {
        world.ann();
        for (int round = 0; round < 10; round++) {
            SessionTokens tokens = world.signIn().tokens();
            Session session = world.session(tokens.session());
            boolean all = round % 2 == 0;
            List<Refresh> answers = beside(() -> world.auth.refresh(tokens.refresh()), () -> {
                if (all) {
                    world.auth.revokeAll(session);
                } else {
                    world.auth.revoke(session, session.id());
                }
            });
            assertThat(answers)
                    .filteredOn(Refresh.Refreshed.class::isInstance)
                    .noneMatch(answer -> isLive(((Refresh.Refreshed) answer).tokens()));
            assertThat(live()).isZero();
        }
    }

    @Test
    void noSignInOutlivesTheDisablingOfItsAccountBesideIt() {
        String ann = world.ann();
        for (int round = 0; round < 5; round++) {
            Session session = world.session(world.signIn().session());
            beside(() -> world.login(RIGHT), () -> world.auth.setStatus(session, ann, Status.DISABLED));
            assertThat(live()).isZero();
            world.auth.setStatus(session, ann, Status.ACTIVE);
            assertThat(live()).isZero();
            world.time.advance(Duration.ofHours(1));
        }
    }

    /** What all threads but one came to, while that one did something else. */
    private static <T> List<T> beside(Callable<T> each, Runnable one) {
        AtomicInteger turn = new AtomicInteger();
        return Race.results(THREADS, () -> {
                    if (turn.getAndIncrement() == THREADS / 2) {
                        one.run();
                        return Optional.<T>empty();
                    }
                    return Optional.of(each.call());
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void aSignInThatBeganBeforeASessionEndingChangeIsDeniedAfterIt() {
        world.ann();
        Session session = world.session(world.signIn().session());
        world.hasher.meanwhile = () -> world.auth.revokeAll(session);
        assertThat(world.login(RIGHT)).isInstanceOf(Login.Denied.class);
        world.hasher.meanwhile = () -> {};
        assertThat(live()).isZero();
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void aSignInBetweenItsTwoStepsIsDeniedAfterASessionEndingChange() {
        world.ann();
        World.Enrolled enrolled = world.enrol();
        Secret pending = world.pending();
        world.auth.revokeAll(world.session(enrolled.session()));
        Secret code = enrolled.recoveryCodes().get(0);
        assertThat(world.factor(pending, FactorKind.RECOVERY_CODE, code)).isInstanceOf(Login.Denied.class);
        assertThat(live()).isZero();
    }

    @Test
    void parallelSignInsNeverExceedTheLimitWhateverThePolicy() {
        for (Policy policy : Policy.values()) {
            world = new World(
                    new CountingStore(fresh()), builder -> builder.sessionLimit(new SessionLimit(LIMIT, policy)));
            store = (CountingStore) world.store;
            world.ann();
            // No more than five attempts of an identifier are in flight, so that none of these is throttled.
            List<Long> in = Race.results(
                    5,
                    () -> Stream.generate(() -> world.login(RIGHT))
                            .limit(4)
                            .filter(Login.SignedIn.class::isInstance)
                            .count());
            assertThat(in.stream().mapToLong(Long::longValue).sum())
                    .as(policy.name())
                    .isEqualTo(policy == Policy.REFUSE_NEW ? LIMIT : 20);
            assertThat(live()).as(policy.name()).isEqualTo(LIMIT);
        }
    }

    @Test
    void aStoreThatDiesInTheMiddleOfASignInLetsNobodyInAndKeepsNothing() {
        world.ann();
        int died = 0;
        Login login = null;
        while (login == null) {
            store.diesAfter.set(died);
            try {
                login = world.login(RIGHT);
            } catch (AuthStoreException e) {
                died++;
            }
            store.diesAfter.set(Integer.MAX_VALUE);
            if (login == null) {
                assertThat(live()).as("died at " + died).isZero();
                world.time.advance(Duration.ofHours(1));
            }
        }
        assertThat(died).isGreaterThan(5);
        assertThat(login).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void aStoreThatDiesInTheMiddleOfARefreshLeavesTheOldTokensGood() {
        world.ann();
        SessionTokens tokens = world.signIn().tokens();
        int died = 0;
        Refresh answer = null;
        while (answer == null) {
            store.diesAfter.set(died);
            try {
                answer = world.auth.refresh(tokens.refresh());
            } catch (AuthStoreException e) {
                died++;
            }
            store.diesAfter.set(Integer.MAX_VALUE);
            if (answer == null) {
                assertThat(isLive(tokens)).as("died at " + died).isTrue();
            }
        }
        assertThat(died).isGreaterThan(1);
        assertThat(answer).isInstanceOf(Refresh.Refreshed.class);
    }

    @Test
    void survivesARestartWithItsReason() {
        world.ann();
        SessionTokens one = world.signIn().tokens();
        SessionTokens two = world.signIn().tokens();
        world.auth.logout(one.session());
        World restarted = new World(store);
        restarted.time.advance(Duration.between(restarted.time.instant(), world.time.instant()));
        assertThat(restarted.auth.session(two.session())).isPresent();
        assertThat(restarted.auth.whyEnded(one.session())).contains(EndReason.LOGOUT);
    }
}
