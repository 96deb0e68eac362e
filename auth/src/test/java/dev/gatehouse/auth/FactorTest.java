// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FactorTest {

    private static final Secret WRONG_CODE = Secret.of("000000");

    private final World world = new World();

    @Nested
    class Enrolling {

        @Test
        void givesASecretAnAppCanReadAndTenRecoveryCodes() {
            world.ann();
            Secret token = world.signIn().session();
            Enrolment.Started started = (Enrolment.Started) world.auth.factors().enrolTotp(world.session(token));
            assertThat(started.secret().reveal()).matches("[A-Z2-7]{32}");
            assertThat(started.uri().reveal())
                    .isEqualTo("otpauth://totp/Corner%20Shop:ann%40example.org?secret="
                            + started.secret().reveal() + "&issuer=Corner%20Shop&algorithm=SHA1&digits=6&period=30");
            Confirmation.Confirmed confirmed =
                    (Confirmation.Confirmed) world.auth.factors().confirmTotp(token, world.code(started.secret()));
            assertThat(confirmed.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
            assertThat(world.audit.actions()).contains("auth.factor.enrolled");
        }

        @Test
        void rotatesTheSessionWhichThenCountsAsVerifiedAndEndsTheOthers() {
            world.ann();
            Secret other = world.signIn().session();
            World.Enrolled enrolled = world.enrol();
            assertThat(world.auth.session(enrolled.before())).isEmpty();
            assertThat(world.auth.session(other)).isEmpty();
            Session session = world.session(enrolled.session());
            assertThat(session.factorUsed()).isTrue();
            assertThat(session.factors()).containsExactlyInAnyOrder(FactorKind.values());
        }

        @Test
        void needsASignInUnderTenMinutesOld() {
            world.ann();
            Secret token = world.signIn().session();
            world.time.advance(Duration.ofMinutes(10));
            assertThat(world.auth.factors().enrolTotp(world.session(token))).isInstanceOf(Enrolment.SignInTooOld.class);
        }

        @Test
        void anotherGeneratorNeedsTheFirst() {
            world.ann();
            Secret before = world.signIn().session();
            Session stale = world.session(before);
            world.enrol();
            assertThat(world.auth.factors().enrolTotp(stale)).isInstanceOf(Enrolment.FactorNeeded.class);
        }

        @Test
        void isRefusedWithAWrongCodeALateOneAndAfterEightTries() {
            world.ann();
            Secret token = world.signIn().session();
            assertThat(world.auth.factors().confirmTotp(token, WRONG_CODE)).isInstanceOf(Confirmation.Refused.class);
            Secret secret = ((Enrolment.Started) world.auth.factors().enrolTotp(world.session(token))).secret();
            for (int i = 0; i < 7; i++) {
                assertThat(world.auth.factors().confirmTotp(token, WRONG_CODE))
                        .isInstanceOf(Confirmation.Refused.class);
            }
            assertThat(world.auth.factors().confirmTotp(token, world.code(secret)))
                    .isInstanceOf(Confirmation.Refused.class);
            world.time.advance(Duration.ofMinutes(15));
            assertThat(world.auth.factors().confirmTotp(token, world.code(secret)))
                    .as("the offer ran out")
                    .isInstanceOf(Confirmation.Refused.class);
        }

        @Test
        void isRefusedToASessionThatIsGone() {
            world.ann();
            Secret token = world.signIn().session();
            Secret secret = ((Enrolment.Started) world.auth.factors().enrolTotp(world.session(token))).secret();
            world.auth.logout(token);
            assertThat(world.auth.factors().confirmTotp(token, world.code(secret)))
                    .isInstanceOf(Confirmation.Refused.class);
        }
    }

    @Nested
    class SigningIn {

        @Test
        void takesACodeOfTheGeneratorAfterThePassword() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Login login = world.login(RIGHT);
            assertThat(login)
                    .isInstanceOfSatisfying(
                            Login.FactorRequired.class,
                            required -> assertThat(required.kinds())
                                    .containsExactly(FactorKind.TOTP, FactorKind.RECOVERY_CODE));
            world.nextStep();
            Login second = world.factor(world.pending(), FactorKind.TOTP, world.code(enrolled.secret()));
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Login.SignedIn.class,
                            signedIn -> assertThat(
                                            world.session(signedIn.session()).factorUsed())
                                    .isTrue());
        }

        @Test
        void toleratesOneStepOfDriftAndNoMore() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            world.time.advance(Duration.ofMinutes(5));
            Secret now = world.code(enrolled.secret());
            world.nextStep();
            world.nextStep();
            assertThat(world.factor(world.pending(), FactorKind.TOTP, now)).isInstanceOf(Login.Denied.class);
            Secret last = world.code(enrolled.secret());
            world.nextStep();
            assertThat(world.factor(world.pending(), FactorKind.TOTP, last)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void refusesAReplayedCodeTheOneOfEnrollingIncluded() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret code = world.code(enrolled.secret());
            assertThat(world.factor(world.pending(), FactorKind.TOTP, code)).isInstanceOf(Login.Denied.class);
            world.nextStep();
            Secret next = world.code(enrolled.secret());
            assertThat(world.factor(world.pending(), FactorKind.TOTP, next)).isInstanceOf(Login.SignedIn.class);
            assertThat(world.factor(world.pending(), FactorKind.TOTP, next)).isInstanceOf(Login.Denied.class);
        }

        @Test
        void takesEachRecoveryCodeOnceHoweverItIsTyped() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            String first = codes.get(0).reveal();
            Secret sloppy = Secret.of(" " + first.toLowerCase(Locale.ROOT).replace("-", " ") + " ");
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, sloppy))
                    .isInstanceOf(Login.SignedIn.class);
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(1)))
                    .isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void usesUpThePendingTokenByItsSuccess() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            Secret pending = world.pending();
            assertThat(world.factor(pending, FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.SignedIn.class);
            assertThat(world.factor(pending, FactorKind.RECOVERY_CODE, codes.get(1)))
                    .isInstanceOf(Login.Denied.class);
        }

        @Test
        void givesAPendingTokenFiveMinutesAndFiveTries() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            Secret late = world.pending();
            world.time.advance(Duration.ofMinutes(5));
            assertThat(world.factor(late, FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
            Secret tried = world.pending();
            for (int i = 0; i < 5; i++) {
                world.factor(tried, FactorKind.TOTP, WRONG_CODE);
            }
            assertThat(world.factor(tried, FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .as("after the password was given again")
                    .isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void boundsTriesOverAnyNumberOfPendingTokens() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            for (int i = 0; i < 8; i++) {
                world.factor(world.pending(), FactorKind.TOTP, WRONG_CODE);
            }
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
            world.time.advance(Duration.ofMinutes(15));
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void makesWhoeverUsesTheTriesUpAgainWaitLonger() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            guessUntilThrottled();
            world.time.advance(Duration.ofMinutes(15));
            guessUntilThrottled();
            world.time.advance(Duration.ofMinutes(15));
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
            world.time.advance(Duration.ofMinutes(15));
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(0)))
                    .isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void tellsTheOwnerOnceAnHourThatSomebodyWithThePasswordTriesCodes() {
            world.ann();
            world.enrol();
            world.news();
            guessUntilThrottled();
            guessUntilThrottled();
            assertThat(world.mails).containsExactly(new AuthMail(Kind.FACTOR_THROTTLED, World.ANN, null));
            world.time.advance(Duration.ofHours(1));
            guessUntilThrottled();
            assertThat(world.news()).containsExactly(Kind.FACTOR_THROTTLED, Kind.FACTOR_THROTTLED);
        }

        private void guessUntilThrottled() {
            for (int i = 0; i < 9; i++) {
                world.factor(world.pending(), FactorKind.TOTP, WRONG_CODE);
            }
        }

        @Test
        void letsTheOwnerInFromAKnownDeviceHoweverLongAStrangerGuesses() {
            world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            guessUntilThrottled();
            world.auth.recovery().requestUnlock(World.ANN);
            Secret device = ((Unlock.Unlocked) world.auth.recovery().unlock(world.token(Kind.UNLOCK))).device();
            assertThat(fromDevice(device, codes.get(0))).isInstanceOf(Login.SignedIn.class);
            assertThat(world.factor(world.pending(), FactorKind.RECOVERY_CODE, codes.get(1)))
                    .as("from anywhere else")
                    .isInstanceOf(Login.Denied.class);
        }

        @Test
        void givesAllKnownDevicesTogetherNoMoreCodesThanOne() {
            String ann = world.ann();
            List<Secret> codes = world.enrol().recoveryCodes();
            for (int i = 0; i < 8; i++) {
                fromDevice(world.auth.parts().devices().issue(ann), WRONG_CODE);
            }
            assertThat(fromDevice(world.auth.parts().devices().issue(ann), codes.get(0)))
                    .isInstanceOf(Login.Denied.class);
        }

        private Login fromDevice(Secret device, Secret code) {
            LoginAttempt attempt = LoginAttempt.of(World.ANN, RIGHT).device(device);
            Login.FactorRequired required = (Login.FactorRequired) world.auth.login(attempt);
            return world.factor(required.pending(), FactorKind.RECOVERY_CODE, code);
        }

        @Test
        void takesNoPendingTokenForASessionNorASessionForAPendingToken() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            assertThat(world.auth.session(world.pending())).isEmpty();
            assertThat(world.factor(
                            enrolled.session(),
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isInstanceOf(Login.Denied.class);
        }

        @Test
        void letsNobodyInWhoWasDisabledBetweenTheSteps() {
            String ann = world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret pending = world.pending();
            world.auth.setStatus(world.session(enrolled.session()), ann, Status.DISABLED);
            assertThat(world.factor(
                            pending,
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isInstanceOf(Login.Denied.class);
            assertIsDenied("disabled");
        }

        @Test
        void letsNobodyInWhosePasswordWasProvenInAnEarlierEpoch() {
            String ann = world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret pending = world.pending();
            world.store.<Object>transact(unit -> unit.accounts().advanceEpoch(ann));
            assertThat(world.factor(
                            pending,
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isInstanceOf(Login.Denied.class);
            assertIsDenied("outdated");
        }

        /** The code was right, and the audit log says what was not. */
        private void assertIsDenied(String reason) {
            assertThat(world.audit.actions()).contains("auth.factor.used").doesNotContain("auth.factor.failed");
            assertThat(world.audit.events())
                    .filteredOn(event -> event.action().equals("auth.login.failed"))
                    .extracting(AuditEvent::details)
                    .containsExactly(Map.of("reason", reason));
        }

        @Test
        void endsTheSessionItReplaces() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            LoginAttempt again = LoginAttempt.of(World.ANN, RIGHT).replacing(enrolled.session());
            Secret pending = ((Login.FactorRequired) world.auth.login(again)).pending();
            assertThat(world.auth.session(enrolled.session())).isPresent();
            world.factor(
                    pending, FactorKind.RECOVERY_CODE, enrolled.recoveryCodes().get(0));
            assertThat(world.auth.session(enrolled.session())).isEmpty();
        }
    }
}
