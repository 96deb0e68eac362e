// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Race;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LoginTest {

    private final World world = new World();

    @Test
    void signsInWithTheRightPasswordInAnyAsciiCaseOfTheAddress() {
        String ann = world.ann();
        assertThat(world.auth.login(LoginAttempt.of(" ANN@Example.ORG ", RIGHT)))
                .isInstanceOfSatisfying(Login.SignedIn.class, signedIn -> {
                    assertThat(signedIn.account()).isEqualTo(ann);
                    assertThat(world.session(signedIn.session()).account()).isEqualTo(ann);
                });
        assertThat(world.audit.actions()).endsWith("auth.login.succeeded");
    }

    @Test
    void everyTokenIsFreshWhateverTheClientBrought() {
        world.ann();
        Secret first = world.signIn().session();
        LoginAttempt again = LoginAttempt.of(ANN, RIGHT).replacing(first);
        Login.SignedIn second = (Login.SignedIn) world.auth.login(again);
        assertThat(second.session()).isNotEqualTo(first);
        assertThat(world.auth.session(first)).as("the replaced session").isEmpty();
    }

    @Test
    void aSessionTokenPlantedBeforeSignInStaysWorthless() {
        world.ann();
        Secret planted = Secret.of("A".repeat(43));
        world.auth.login(LoginAttempt.of(ANN, RIGHT).replacing(planted));
        assertThat(world.auth.session(planted)).isEmpty();
    }

    @Test
    void rehashesWhenTheWorkFactorRose() {
        world.ann();
        world.hasher.prefix = "fast2:";
        world.signIn();
        assertThat(world.store.<String>read(
                        unit -> unit.accounts().credentials(ANN).orElseThrow().passwordHash()))
                .startsWith("fast2:");
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void printsNoSecret() {
        world.ann();
        Login.SignedIn signedIn = world.signIn();
        assertThat(signedIn.toString() + LoginAttempt.of(ANN, RIGHT))
                .doesNotContain(RIGHT.reveal())
                .doesNotContain(signedIn.session().reveal());
        assertThat(world.audit.events().toString())
                .doesNotContain(signedIn.session().reveal())
                .doesNotContain(RIGHT.reveal());
    }

    @Nested
    class RefusesAlike {

        @Test
        void unknownWrongDisabledUnverifiedOverlongAndThrottled() {
            String ann = world.ann();
            world.auth.register("pending@example.org", RIGHT);
            List<Login> answers = List.of(
                    world.auth.login(LoginAttempt.of("nobody@example.org", RIGHT)),
                    world.auth.login(LoginAttempt.of("not an address", RIGHT)),
                    world.auth.login(LoginAttempt.of("pending@example.org", RIGHT)),
                    world.auth.login(LoginAttempt.of(ANN, WRONG)),
                    world.auth.login(LoginAttempt.of(ANN, Secret.of("x".repeat(60_000)))),
                    disabled(ann));
            assertThat(answers).containsOnly(new Login.Denied());
        }

        private Login disabled(String ann) {
            Session session = world.session(world.signIn().session());
            world.auth.setStatus(session, ann, Status.DISABLED);
            return world.login(RIGHT);
        }

        @Test
        void withOneHashAndTheSameCallsOfTheStore() {
            CountingStore store = new CountingStore(AuthStore.inMemory());
            World counted = new World(store);
            counted.ann();
            List<String> known = callsOf(counted, store, ANN, WRONG);
            assertThat(callsOf(counted, store, "nobody@example.org", WRONG)).isEqualTo(known);
            assertThat(callsOf(counted, store, "pending@example.org", WRONG)).isEqualTo(known);
            assertThat(callsOf(counted, store, "@", WRONG)).isEqualTo(known);
            assertThat(callsOf(counted, store, ANN, Secret.of("x".repeat(60_000))))
                    .isEqualTo(known);
        }

        private List<String> callsOf(World counted, CountingStore store, String email, Secret password) {
            store.calls.clear();
            int hashes = counted.hasher.verified.get();
            int events = counted.audit.events().size();
            assertThat(counted.auth.login(LoginAttempt.of(email, password))).isEqualTo(new Login.Denied());
            assertThat(counted.hasher.verified.get() - hashes).isEqualTo(1);
            assertThat(counted.audit.events().size() - events).isEqualTo(1);
            return List.copyOf(store.calls);
        }
    }

    @Nested
    class Throttles {

        @Test
        void theSixthTryOfAMinuteEvenWithTheRightPasswordAndWithoutHashing() {
            world.ann();
            for (int i = 0; i < 5; i++) {
                world.login(WRONG);
            }
            int hashes = world.hasher.verified.get();
            assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
            assertThat(world.hasher.verified).hasValue(hashes);
            world.time.advance(Duration.ofMinutes(1));
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void longerEachTimeButNeverMoreThanAQuarterOfAnHour() {
            world.ann();
            for (int minutes : new int[] {1, 2, 4, 8}) {
                guessUntilThrottled();
                world.time.advance(Duration.ofMinutes(minutes).minusMillis(1));
                assertThat(world.login(RIGHT)).as(minutes + " minutes").isEqualTo(new Login.Denied());
                world.time.advance(Duration.ofMillis(1));
                assertThat(world.login(RIGHT)).as(minutes + " minutes").isInstanceOf(Login.SignedIn.class);
            }
            guessUntilThrottled();
            guessUntilThrottled();
            world.time.advance(Duration.ofMinutes(15));
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }

        private void guessUntilThrottled() {
            for (int i = 0; i < 6; i++) {
                world.login(WRONG);
            }
        }

        @Test
        void andWarnsTheOwnerOnceAnHour() {
            world.ann();
            world.mails.clear();
            for (int i = 0; i < 9; i++) {
                world.login(WRONG);
            }
            assertThat(world.mails)
                    .extracting(AuthMail::kind, AuthMail::to)
                    .containsExactly(tuple(AuthMail.Kind.SIGN_IN_THROTTLED, ANN));
            world.time.advance(Duration.ofHours(1));
            for (int i = 0; i < 9; i++) {
                world.login(WRONG);
            }
            assertThat(world.mails).hasSize(2);
        }

        @Test
        void andDoesTheSameWorkWithoutAnOwner() {
            for (int i = 0; i < 9; i++) {
                world.auth.login(LoginAttempt.of("nobody@example.org", WRONG));
                world.auth.login(LoginAttempt.of("no address", WRONG));
            }
            assertThat(world.mails).extracting(AuthMail::kind).containsExactly(AuthMail.Kind.DECOY);
        }

        @Test
        void unknownIdentifiersToo() {
            for (int i = 0; i < 6; i++) {
                world.auth.login(LoginAttempt.of("nobody@example.org", WRONG));
            }
            assertThat(world.hasher.verified).hasValue(5);
        }

        @Test
        void parallelGuessesBeforeTheFirstIsJudged() {
            world.ann();
            CountDownLatch judged = new CountDownLatch(5);
            world.hasher.meanwhile = judged::countDown;
            List<Login> answers = Race.results(64, () -> world.login(WRONG));
            assertThat(answers).containsOnly(new Login.Denied());
            assertThat(world.hasher.verified)
                    .as("guesses that reached the hash")
                    .hasValue(5);
            assertThat(judged.getCount()).isZero();
        }

        @Test
        void notThoseWhoSucceed() {
            world.ann();
            for (int i = 0; i < 20; i++) {
                assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
            }
        }

        @Test
        void aKnownDeviceByABudgetOfItsOwn() {
            world.ann();
            Secret device = world.signIn().device();
            for (int i = 0; i < 9; i++) {
                world.login(WRONG);
            }
            assertThat(world.login(RIGHT)).as("from anywhere else").isEqualTo(new Login.Denied());
            LoginAttempt known = LoginAttempt.of(ANN, RIGHT).device(device);
            assertThat(world.auth.login(known))
                    .isInstanceOfSatisfying(
                            Login.SignedIn.class,
                            signedIn -> assertThat(signedIn.device()).isEqualTo(device));
            for (int i = 0; i < 5; i++) {
                world.auth.login(LoginAttempt.of(ANN, WRONG).device(device));
            }
            assertThat(world.auth.login(known)).as("a thief's device").isEqualTo(new Login.Denied());
        }

        @Test
        void anotherAccountsDeviceLikeAnyOther() {
            world.ann();
            Secret device = world.signIn().device();
            for (int i = 0; i < 6; i++) {
                world.auth.login(LoginAttempt.of("bob@example.org", WRONG).device(device));
            }
            for (int i = 0; i < 6; i++) {
                world.auth.login(LoginAttempt.of("bob@example.org", WRONG).device(Secret.of("1.x.y")));
            }
            assertThat(world.hasher.verified).as("guesses at bob").hasValue(1 + 5);
        }
    }

    @Nested
    class WhenTooManyHashesRun {

        @Test
        void isBusyAndDoesNotCountTheAttempt() {
            HashGate full = HashGate.of(1, 0, Duration.ofSeconds(1), new SimpleMeterRegistry());
            World busy = new World(AuthStore.inMemory(), builder -> builder.hashGate(full));
            busy.ann();
            full.run(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(busy.login(RIGHT)).isInstanceOf(Login.Busy.class);
                }
                return true;
            });
            assertThat(busy.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }
    }
}
