// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an account does with its factors from within a session. */
final class FactorChangeTest {

    private static final Secret WRONG_CODE = Secret.of("000000");

    private final World world = new World();

    private FactorChange.Done done(FactorChange change) {
        assertThat(change).isInstanceOf(FactorChange.Done.class);
        return (FactorChange.Done) change;
    }

    private Secret signInWith(World.Enrolled enrolled) {
        world.nextStep();
        Login login = world.factor(world.pending(), FactorKind.TOTP, world.code(enrolled.secret()));
        world.nextStep();
        return ((Login.SignedIn) login).session();
    }

    @Nested
    class Removing {

        @Test
        void takesACodeOfTheGeneratorAndEndsTheOtherSessions() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret other = signInWith(enrolled);
            FactorChange.Done done =
                    done(world.auth.factors().removeTotp(enrolled.session(), world.code(enrolled.secret())));
            assertThat(world.auth.session(enrolled.session())).isEmpty();
            assertThat(world.auth.session(other)).isEmpty();
            assertThat(world.session(done.tokens().session()).factors()).isEmpty();
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
            assertThat(world.audit.actions()).contains("auth.factor.removed");
        }

        @Test
        void takesARecoveryCodeOfWhoLostTheGenerator() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            done(world.auth
                    .factors()
                    .removeTotp(enrolled.session(), enrolled.recoveryCodes().get(3)));
            assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void leavesNoRecoveryCodeBehind() {
            world.ann();
            World.Enrolled first = world.enrol();
            world.auth
                    .factors()
                    .removeTotp(first.session(), first.recoveryCodes().get(0));
            world.enrol();
            assertThat(world.factor(
                            world.pending(),
                            FactorKind.RECOVERY_CODE,
                            first.recoveryCodes().get(1)))
                    .isEqualTo(new Login.Denied());
        }

        @Test
        void leavesPrivilegedPermissionsInertInTheVerySessionThatUsedTheFactor() {
            world.admin("admin");
            World.Enrolled enrolled = world.enrol();
            assertThat(world.session(enrolled.session()).permissions()).contains("administer");
            world.nextStep();
            FactorChange.Done done =
                    done(world.auth.factors().removeTotp(enrolled.session(), world.code(enrolled.secret())));
            Session after = world.session(done.tokens().session());
            assertThat(after.permissions()).doesNotContain("administer");
            assertThat(after.withheld()).contains("administer");
            assertThat(after.factorUsed()).isFalse();
        }

        @Test
        void inAnotherSessionEndsASignInBetweenItsSteps() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret pending = world.pending();
            world.auth
                    .factors()
                    .removeTotp(enrolled.session(), enrolled.recoveryCodes().get(0));
            assertThat(world.factor(
                            pending,
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(1)))
                    .isEqualTo(new Login.Denied());
        }

        @Test
        void isRefusedWithoutAFactorASessionOrARightCode() {
            world.ann();
            Secret session = world.signIn().session();
            assertThat(world.auth.factors().removeTotp(session, WRONG_CODE)).isEqualTo(new FactorChange.Refused());
            World.Enrolled enrolled = world.enrol();
            assertThat(world.auth.factors().removeTotp(enrolled.session(), WRONG_CODE))
                    .isEqualTo(new FactorChange.Refused());
            assertThat(world.auth.factors().removeTotp(enrolled.before(), world.code(enrolled.secret())))
                    .isEqualTo(new FactorChange.Refused());
            assertThat(world.login(RIGHT)).isInstanceOf(Login.FactorRequired.class);
        }

        @Test
        void boundsTriesWithThoseOfSigningInFromKnownDevices() {
            Secret device = world.auth.parts().devices().issue(world.ann());
            World.Enrolled enrolled = world.enrol();
            for (int i = 0; i < 8; i++) {
                world.auth.factors().removeTotp(enrolled.session(), WRONG_CODE);
            }
            assertThat(world.auth
                            .factors()
                            .removeTotp(
                                    enrolled.session(), enrolled.recoveryCodes().get(0)))
                    .isEqualTo(new FactorChange.Refused());
            Login login = world.auth.login(LoginAttempt.of(World.ANN, RIGHT).device(device));
            assertThat(world.factor(
                            ((Login.FactorRequired) login).pending(),
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isEqualTo(new Login.Denied());
        }
    }

    @Nested
    class ReplacingRecoveryCodes {

        @Test
        void givesTenNewOnesAndTheOldOnesAreDead() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            world.nextStep();
            FactorChange.Done done =
                    done(world.auth.factors().replaceRecoveryCodes(enrolled.session(), world.code(enrolled.secret())));
            assertThat(done.recoveryCodes())
                    .hasSize(10)
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(enrolled.recoveryCodes());
            assertThat(world.factor(
                            world.pending(),
                            FactorKind.RECOVERY_CODE,
                            enrolled.recoveryCodes().get(0)))
                    .isEqualTo(new Login.Denied());
            assertThat(world.factor(
                            world.pending(),
                            FactorKind.RECOVERY_CODE,
                            done.recoveryCodes().get(0)))
                    .isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void takesNoRecoveryCodeOrAStolenOneWouldTurnIntoTen() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            assertThat(world.auth
                            .factors()
                            .replaceRecoveryCodes(
                                    enrolled.session(), enrolled.recoveryCodes().get(0)))
                    .isEqualTo(new FactorChange.Refused());
        }
    }

    @Nested
    class UsingOneWithinASession {

        @Test
        void rotatesTheSessionAndNotesTheTime() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            world.time.advance(Duration.ofMinutes(20));
            FactorChange.Done done =
                    done(world.auth.factors().use(enrolled.session(), FactorKind.TOTP, world.code(enrolled.secret())));
            assertThat(world.auth.session(enrolled.session())).isEmpty();
            assertThat(world.session(done.tokens().session()).factorAt()).isEqualTo(world.time.instant());
        }

        @Test
        void endsNoOtherSession() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret other = signInWith(enrolled);
            world.auth.factors().use(enrolled.session(), FactorKind.TOTP, world.code(enrolled.secret()));
            assertThat(world.auth.session(other)).isPresent();
        }

        @Test
        void takesEachCodeOnce() {
            world.ann();
            World.Enrolled enrolled = world.enrol();
            Secret code = world.code(enrolled.secret());
            assertThat(world.auth.factors().use(enrolled.session(), FactorKind.TOTP, code))
                    .as("the code of enrolling")
                    .isEqualTo(new FactorChange.Refused());
        }
    }

    @Test
    void aSignInIsAskedOnlyForTheKindsThatAreLeft() {
        world.ann();
        World.Enrolled enrolled = world.enrol();
        for (Secret code : enrolled.recoveryCodes()) {
            world.factor(world.pending(), FactorKind.RECOVERY_CODE, code);
        }
        assertThat(((Login.FactorRequired) world.login(RIGHT)).kinds()).containsExactly(FactorKind.TOTP);
    }

    @Test
    void theOwnerHearsOfEveryChange() {
        world.ann();
        world.signIn();
        world.news();
        World.Enrolled enrolled = world.enrol();
        assertThat(world.news()).containsExactly(Kind.NEW_DEVICE, Kind.FACTOR_ADDED);
        world.nextStep();
        FactorChange.Done done =
                done(world.auth.factors().replaceRecoveryCodes(enrolled.session(), world.code(enrolled.secret())));
        assertThat(world.news()).containsExactly(Kind.RECOVERY_CODES_REPLACED);
        Secret session = done.tokens().session();
        world.auth.factors().removeTotp(session, done.recoveryCodes().get(0));
        assertThat(world.news()).containsExactly(Kind.RECOVERY_CODE_USED, Kind.FACTOR_REMOVED);
    }
}
