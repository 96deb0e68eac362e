// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PasswordChangeTest {

    private static final Secret NEW = Secret.of("a brand new long password");

    private final World world = new World();

    private PasswordChange change(Secret token, Secret current) {
        return world.auth.recovery().changePassword(token, current, NEW);
    }

    @Test
    void rotatesTheSessionAndEndsTheOthers() {
        world.ann();
        Secret other = world.signIn().session();
        Secret before = world.signIn().session();
        PasswordChange.Changed changed = (PasswordChange.Changed) change(before, RIGHT);
        assertThat(world.auth.session(before)).isEmpty();
        assertThat(world.auth.session(other)).isEmpty();
        assertThat(world.auth.session(changed.tokens().session())).isPresent();
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(world.login(NEW)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.audit.actions()).contains("auth.password.changed");
    }

    @Test
    void keepsThatAFactorWasUsed() {
        world.ann();
        Secret session = world.enrol().session();
        PasswordChange.Changed changed = (PasswordChange.Changed) change(session, RIGHT);
        assertThat(world.session(changed.tokens().session()).factorUsed()).isTrue();
    }

    @Test
    void tellsTheOwner() {
        world.ann();
        Secret session = world.signIn().session();
        world.news();
        change(session, RIGHT);
        assertThat(world.mails).containsExactly(new AuthMail(Kind.PASSWORD_CHANGED, ANN, null));
    }

    @Test
    void judgesTheNewPasswordFirst() {
        world.ann();
        Secret session = world.signIn().session();
        int hashes = world.hasher.verified.get();
        assertThat(world.auth.recovery().changePassword(session, WRONG, Secret.of("short")))
                .isInstanceOf(PasswordChange.Rejected.class);
        assertThat(world.hasher.verified).hasValue(hashes);
        assertThat(world.auth.session(session)).isPresent();
    }

    @Test
    void needsALiveSession() {
        world.ann();
        Secret session = world.signIn().session();
        world.auth.logout(session);
        assertThat(change(session, RIGHT)).isEqualTo(new Reauthentication.NotSignedIn());
        assertThat(change(Secret.of("nonsense"), RIGHT)).isEqualTo(new Reauthentication.NotSignedIn());
    }

    @Test
    void isUndoneWhenTheSessionEndsWhileTheHashIsMade() {
        world.ann();
        Secret session = world.signIn().session();
        world.hasher.meanwhile = () -> world.auth.logout(session);
        assertThat(change(session, RIGHT)).isEqualTo(new Reauthentication.NotSignedIn());
        world.hasher.meanwhile = () -> {};
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void losesToAResetThatHappenedWhileTheOldPasswordWasVerified() {
        world.ann();
        Secret session = world.signIn().session();
        Secret token = world.resetToken();
        Secret owners = Secret.of("what the owner chose then");
        world.hasher.meanwhile = () -> {
            world.hasher.meanwhile = () -> {};
            world.auth.recovery().resetPassword(token, owners);
        };
        assertThat(change(session, RIGHT)).isEqualTo(new Reauthentication.WrongPassword());
        assertThat(world.login(owners)).isInstanceOf(Login.SignedIn.class);
    }

    @Nested
    class GuessesWithinASession {

        @Test
        void areFiveAMinute() {
            world.ann();
            Secret session = world.signIn().session();
            for (int i = 0; i < 5; i++) {
                assertThat(change(session, WRONG)).isEqualTo(new Reauthentication.WrongPassword());
            }
            int hashes = world.hasher.verified.get();
            assertThat(change(session, RIGHT)).as("beyond the budget").isEqualTo(new Reauthentication.WrongPassword());
            assertThat(world.hasher.verified).hasValue(hashes);
            world.time.advance(Duration.ofMinutes(1));
            assertThat(change(session, RIGHT)).isInstanceOf(PasswordChange.Changed.class);
        }

        @Test
        void areCountedTogetherWhateverTheyAreFor() {
            world.ann();
            Secret session = world.signIn().session();
            for (int i = 0; i < 3; i++) {
                change(session, WRONG);
                world.auth.recovery().reauthenticate(session, WRONG);
                world.auth.recovery().requestEmailChange(session, "ann@example.com", WRONG);
            }
            assertThat(change(session, RIGHT)).isEqualTo(new Reauthentication.WrongPassword());
        }

        @Test
        void areApartFromThoseFromOutside() {
            world.ann();
            Secret session = world.signIn().session();
            for (int i = 0; i < 9; i++) {
                world.login(WRONG);
            }
            assertThat(change(session, RIGHT)).isInstanceOf(PasswordChange.Changed.class);
        }

        @Test
        void areNotCountedWhenTooManyHashesRun() {
            HashGate full = HashGate.of(1, 0, Duration.ofSeconds(1), new SimpleMeterRegistry());
            World busy = new World(AuthStore.inMemory(), builder -> builder.hashGate(full));
            busy.ann();
            Secret session = busy.signIn().session();
            full.run(() -> {
                for (int i = 0; i < 9; i++) {
                    assertThat(busy.auth.recovery().changePassword(session, RIGHT, NEW))
                            .isInstanceOf(Reauthentication.Busy.class);
                }
                return true;
            });
            assertThat(busy.auth.recovery().changePassword(session, RIGHT, NEW))
                    .isInstanceOf(PasswordChange.Changed.class);
        }
    }

    @Nested
    class GivenAgain {

        @Test
        void makesTheSignInRecentAndRotatesTheSession() {
            world.ann();
            Secret before = world.signIn().session();
            world.time.advance(Duration.ofMinutes(20));
            assertThat(world.auth.factors().enrolTotp(world.session(before)))
                    .isInstanceOf(Enrolment.SignInTooOld.class);
            Reauthentication.Done done =
                    (Reauthentication.Done) world.auth.recovery().reauthenticate(before, RIGHT);
            assertThat(world.auth.session(before)).isEmpty();
            assertThat(world.auth
                            .factors()
                            .enrolTotp(world.session(done.tokens().session())))
                    .isInstanceOf(Enrolment.Started.class);
        }

        @Test
        void doesNotLengthenTheSession() {
            world.ann();
            Secret before = world.signIn().session();
            world.time.advance(Duration.ofMinutes(20));
            Reauthentication.Done done =
                    (Reauthentication.Done) world.auth.recovery().reauthenticate(before, RIGHT);
            Secret token = done.tokens().session();
            for (int i = 0; i < 35; i++) {
                assertThat(world.auth.session(token)).isPresent();
                world.time.advance(Duration.ofMinutes(20));
            }
            assertThat(world.auth.session(token))
                    .as("twelve hours after signing in")
                    .isEmpty();
        }
    }
}
