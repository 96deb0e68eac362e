// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ResetTest {

    private static final Secret NEW = Secret.of("a brand new long password");

    private final World world = new World();

    @Test
    void putsANewPasswordInPlaceOfTheForgottenOneAndSignsNobodyIn() {
        world.ann();
        assertThat(world.auth.recovery().resetPassword(world.resetToken(), NEW)).isEqualTo(new PasswordReset.Done());
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(world.login(NEW)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.audit.actions()).contains("auth.password.reset-requested", "auth.password.reset");
    }

    @Test
    void endsEverySession() {
        world.ann();
        Secret one = world.signIn().session();
        Secret other = world.signIn().session();
        world.auth.session(one);
        world.auth.recovery().resetPassword(world.resetToken(), NEW);
        assertThat(world.auth.session(one)).isEmpty();
        assertThat(world.auth.session(other)).isEmpty();
    }

    @Test
    void keepsTheFactors() {
        world.ann();
        world.enrol();
        world.auth.recovery().resetPassword(world.resetToken(), NEW);
        assertThat(world.login(NEW)).isInstanceOf(Login.FactorRequired.class);
    }

    @Test
    void tellsTheOwner() {
        world.ann();
        Secret token = world.resetToken();
        world.news();
        world.auth.recovery().resetPassword(token, NEW);
        assertThat(world.mails).containsExactly(new AuthMail(Kind.PASSWORD_CHANGED, ANN, null));
    }

    @Test
    void letsTheOwnerInWhoseAttemptsOthersUsedUp() {
        world.ann();
        for (int i = 0; i < 9; i++) {
            world.login(WRONG);
        }
        world.auth.recovery().resetPassword(world.resetToken(), NEW);
        assertThat(world.login(NEW)).isInstanceOf(Login.SignedIn.class);
    }

    @Nested
    class ItsToken {

        @Test
        void isGoodOnce() {
            world.ann();
            Secret token = world.resetToken();
            world.auth.recovery().resetPassword(token, NEW);
            assertThat(world.auth.recovery().resetPassword(token, WRONG)).isEqualTo(new PasswordReset.BadToken());
            assertThat(world.login(NEW)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void isGoodForHalfAnHour() {
            world.ann();
            Secret token = world.resetToken();
            world.time.advance(Duration.ofMinutes(30));
            assertThat(world.auth.recovery().resetPassword(token, NEW)).isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void outlivesAPasswordThatIsRefused() {
            world.ann();
            Secret token = world.resetToken();
            for (String bad : new String[] {"short", "password123", "ann@example.org"}) {
                assertThat(world.auth.recovery().resetPassword(token, Secret.of(bad)))
                        .as(bad)
                        .isInstanceOf(PasswordReset.Rejected.class);
            }
            assertThat(world.auth.recovery().resetPassword(token, NEW)).isEqualTo(new PasswordReset.Done());
        }

        @Test
        void outlivesAHashGateThatIsFull() {
            HashGate full = HashGate.of(1, 0, Duration.ofSeconds(1), new SimpleMeterRegistry());
            World busy = new World(AuthStore.inMemory(), builder -> builder.hashGate(full));
            busy.ann();
            Secret token = busy.resetToken();
            full.run(() -> {
                assertThat(busy.auth.recovery().resetPassword(token, NEW)).isInstanceOf(PasswordReset.Busy.class);
                return true;
            });
            assertThat(busy.auth.recovery().resetPassword(token, NEW)).isEqualTo(new PasswordReset.Done());
        }

        @Test
        void isDeadWhenAnotherWasUsed() {
            world.ann();
            Secret first = world.resetToken();
            Secret second = world.resetToken();
            world.auth.recovery().resetPassword(second, NEW);
            assertThat(world.auth.recovery().resetPassword(first, WRONG)).isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void isDeadWhenThePasswordWasChangedMeanwhile() {
            world.ann();
            Secret token = world.resetToken();
            world.auth.recovery().changePassword(world.signIn().session(), RIGHT, NEW);
            assertThat(world.auth.recovery().resetPassword(token, WRONG)).isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void isWorthlessForADisabledAccount() {
            String ann = world.ann();
            Secret token = world.resetToken();
            world.auth.setStatus(world.session(world.signIn().session()), ann, Status.DISABLED);
            assertThat(world.auth.recovery().resetPassword(token, NEW)).isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void isTakenForNothingElseAndNothingElseForIt() {
            world.ann();
            Secret token = world.resetToken();
            assertThat(world.auth.verify(token)).isFalse();
            assertThat(world.auth.recovery().confirmEmailChange(token)).isFalse();
            assertThat(world.auth.recovery().unlock(token)).isEqualTo(new Unlock.BadToken());
            assertThat(world.auth.session(token)).isEmpty();
            world.auth.recovery().requestUnlock(ANN);
            assertThat(world.auth.recovery().resetPassword(world.token(Kind.UNLOCK), NEW))
                    .isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void isNotInTheStore() {
            world.ann();
            Secret token = world.resetToken();
            assertThat(world.audit.events().toString() + world.mails).doesNotContain(token.reveal());
        }
    }

    @Nested
    class EndsWhatIsPending {

        @Test
        void aChangeOfTheAddress() {
            world.ann();
            world.auth.recovery().requestEmailChange(world.signIn().session(), "thief@example.org", RIGHT);
            Secret change = world.token(Kind.CONFIRM_EMAIL);
            world.auth.recovery().resetPassword(world.resetToken(), NEW);
            assertThat(world.auth.recovery().confirmEmailChange(change)).isFalse();
        }

        @Test
        void aSignInBetweenItsSteps() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret pending = world.pending();
            world.auth.recovery().resetPassword(world.resetToken(), NEW);
            assertThat(world.factor(
                            pending,
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isEqualTo(new Login.Denied());
        }

        @Test
        void aSignInWhoseOldPasswordIsBeingHashed() {
            world.ann();
            Secret token = world.resetToken();
            world.hasher.meanwhile = () -> {
                world.hasher.meanwhile = () -> {};
                world.auth.recovery().resetPassword(token, NEW);
            };
            assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        }
    }

    @Nested
    class AskedFor {

        @Test
        void goesToTheAddressAsRegistered() {
            world.ann();
            world.news();
            world.auth.recovery().requestReset(" ANN@Example.ORG ");
            assertThat(world.mails)
                    .singleElement()
                    .satisfies(mail -> assertThat(mail.to()).isEqualTo(ANN));
        }

        @Test
        void isADecoyForUnknownUnverifiedAndDisabledAccounts() {
            String ann = world.ann();
            world.auth.register("pending@example.org", RIGHT);
            world.auth.setStatus(world.session(world.signIn().session()), ann, Status.DISABLED);
            world.news();
            for (String email : new String[] {"nobody@example.org", "pending@example.org", ANN}) {
                world.auth.recovery().requestReset(email);
            }
            assertThat(world.news()).containsExactly(Kind.DECOY, Kind.DECOY, Kind.DECOY);
            world.auth.recovery().requestReset("no address");
            assertThat(world.news()).isEmpty();
        }

        @Test
        void isCountedForUnknownAddressesToo() {
            world.ann();
            world.news();
            for (int i = 0; i < 20; i++) {
                world.auth.recovery().requestReset(ANN);
                world.auth.recovery().requestReset("nobody@example.org");
            }
            assertThat(world.news()).hasSize(10);
            world.time.advance(Duration.ofMinutes(15));
            world.auth.recovery().requestReset(ANN);
            assertThat(world.news()).containsExactly(Kind.RESET_PASSWORD);
        }

        @Test
        void cannotBeUsedUpByRegistrationsOfTheSameAddress() {
            world.ann();
            for (int i = 0; i < 20; i++) {
                world.auth.register(ANN, RIGHT);
            }
            world.news();
            world.auth.recovery().requestReset(ANN);
            assertThat(world.news()).containsExactly(Kind.RESET_PASSWORD);
        }
    }
}
