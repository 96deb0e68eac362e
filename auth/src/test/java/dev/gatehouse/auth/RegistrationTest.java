// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.Registration.CheckYourMail;
import dev.gatehouse.auth.Registration.Rejected;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RegistrationTest {

    private static final Secret OTHER = Secret.of("another long password");

    private final World world = new World();

    @Test
    void makesAnAccountOnceTheMailedTokenIsGiven() {
        assertThat(world.auth.register(ANN, RIGHT)).isEqualTo(new CheckYourMail());
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(world.auth.verify(world.lastToken())).isTrue();
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.audit.actions())
                .contains("auth.registration.requested", "auth.account.registered", "auth.account.verified");
    }

    @Test
    void takesATokenOnceAndWithinADayOnly() {
        world.auth.register(ANN, RIGHT);
        Secret late = world.lastToken();
        world.time.advance(Duration.ofHours(24));
        assertThat(world.auth.verify(late)).isFalse();
        world.auth.register(ANN, RIGHT);
        assertThat(world.auth.verify(world.lastToken())).isTrue();
        assertThat(world.auth.verify(world.lastToken())).isFalse();
        assertThat(world.auth.verify(Secret.of("no token"))).isFalse();
    }

    @Test
    void rejectsWhatBreaksTheRulesAndSaysEachRule() {
        assertThat(world.auth.register("no address", Secret.of("short")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .extracting(Registration.Violation::field)
                                .containsExactly("email", "password"));
        for (String bad : List.of("password123", "ann12345", "Example!!", "CornerShop1", "Corner Shop")) {
            assertThat(world.auth.register(ANN, Secret.of(bad))).as(bad).isInstanceOf(Rejected.class);
        }
        assertThat(world.mails).isEmpty();
    }

    @Test
    void keepsNothingWhenTheMailCannotBeQueued() {
        World full = new World(
                AuthStore.inMemory(),
                builder -> builder.mailer((tx, mail) -> {
                    throw new IllegalStateException("outbox full");
                }));
        assertThatThrownBy(() -> full.auth.register(ANN, RIGHT)).hasMessage("outbox full");
        full.time.advance(Duration.ofDays(2));
        assertThat(full.auth.purge()).as("rows: the mail budget, no ticket").isEqualTo(1);
    }

    @Nested
    class OfAKnownAddress {

        @Test
        void answersTheSameAndTellsTheOwnerAtTheAddressAsRegistered() {
            world.ann();
            assertThat(world.auth.register("ANN@example.org", OTHER)).isEqualTo(new CheckYourMail());
            assertThat(world.mails.get(1)).isEqualTo(new AuthMail(Kind.ALREADY_REGISTERED, ANN, null));
            assertThat(world.login(OTHER)).isEqualTo(new Login.Denied());
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void doesTheSameWork() {
            CountingStore store = new CountingStore(AuthStore.inMemory());
            World counted = new World(store);
            List<String> unknown = workOfRegistering(counted, store);
            counted.auth.verify(counted.lastToken());
            assertThat(workOfRegistering(counted, store)).isEqualTo(unknown);
        }

        private List<String> workOfRegistering(World counted, CountingStore store) {
            return new Work(counted, store).of(() -> counted.auth.register(ANN, RIGHT));
        }

        @Test
        void doesTheSameWorkWhenAMailIsAskedForAgain() {
            CountingStore store = new CountingStore(AuthStore.inMemory());
            World counted = new World(store);
            List<String> unknown = workOfAsking(counted, store);
            assertThat(counted.mails.get(0).kind()).isEqualTo(Kind.DECOY);
            counted.auth.register(ANN, RIGHT);
            assertThat(workOfAsking(counted, store)).as("pending").isEqualTo(unknown);
            counted.auth.verify(counted.lastToken());
            assertThat(workOfAsking(counted, store)).as("known").isEqualTo(unknown);
        }

        private List<String> workOfAsking(World counted, CountingStore store) {
            return new Work(counted, store).of(() -> counted.auth.requestVerification(ANN));
        }
    }

    @Nested
    class BySomebodyElse {

        @Test
        void laysDownNoPasswordForTheOwner() {
            world.auth.register(ANN, OTHER);
            world.auth.register(ANN, RIGHT);
            Secret owners = world.lastToken();
            assertThat(world.auth.verify(owners)).isTrue();
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
            assertThat(world.login(OTHER)).isEqualTo(new Login.Denied());
        }

        @Test
        void isMailedForNobodysPasswordAgainWhileSeveralArePending() {
            world.auth.register(ANN, RIGHT);
            world.auth.register(ANN, OTHER);
            world.auth.requestVerification(ANN);
            assertThat(world.mails).last().isEqualTo(new AuthMail(Kind.DECOY, ANN, null));
        }

        @Test
        void cannotUseTheirTokenAfterTheOwnersWasUsed() {
            world.auth.register(ANN, OTHER);
            Secret theirs = world.lastToken();
            world.auth.register(ANN, RIGHT);
            assertThat(world.auth.verify(world.lastToken())).isTrue();
            assertThat(world.auth.verify(theirs)).isFalse();
        }

        @Test
        void sendsFiveMailsAQuarterOfAnHourAtMost() {
            for (int i = 0; i < 20; i++) {
                assertThat(world.auth.register(ANN, OTHER)).isEqualTo(new CheckYourMail());
                world.auth.requestVerification(ANN);
            }
            assertThat(world.mails).hasSize(5);
        }
    }

    @Nested
    class AskedForAgain {

        @Test
        void mailsAnotherTokenForThePasswordThatIsPending() {
            world.auth.register(ANN, RIGHT);
            world.auth.requestVerification(ANN);
            assertThat(world.mails).extracting(AuthMail::kind).containsExactly(Kind.VERIFY, Kind.VERIFY);
            assertThat(world.auth.verify(world.lastToken())).isTrue();
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void neverTurnsADecoyIntoAnAccount() {
            world.auth.requestVerification(ANN);
            world.auth.requestVerification(ANN);
            assertThat(world.mails).extracting(AuthMail::kind, AuthMail::token).containsOnly(tuple(Kind.DECOY, null));
        }

        @Test
        void isSilentAboutWhatIsNoAddress() {
            world.auth.requestVerification("no address");
            assertThat(world.mails).isEmpty();
        }
    }
}
