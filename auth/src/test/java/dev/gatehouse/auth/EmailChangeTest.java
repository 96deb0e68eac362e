// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class EmailChangeTest {

    private static final String NEW = "ann@example.com";
    private static final Secret CHOSEN = Secret.of("a brand new long password");

    private final World world = new World();
    private Secret session = Secret.of("");

    @BeforeEach
    void signIn() {
        world.ann();
        session = world.signIn().session();
        world.news();
    }

    private EmailChange request(String email) {
        return world.auth.recovery().requestEmailChange(session, email, RIGHT);
    }

    /** Asks for it and confirms it. */
    private void move(String email) {
        request(email);
        assertThat(world.auth.recovery().confirmEmailChange(world.token(Kind.CONFIRM_EMAIL)))
                .isTrue();
    }

    @Test
    void happensWhenTheNewAddressConfirmsIt() {
        assertThat(request(NEW)).isEqualTo(new EmailChange.CheckYourMail());
        assertThat(world.session(session).email()).as("until then").isEqualTo(ANN);
        assertThat(world.mails)
                .extracting(AuthMail::kind, AuthMail::to)
                .containsExactly(tuple(Kind.CONFIRM_EMAIL, NEW));
        assertThat(world.auth.recovery().confirmEmailChange(world.token(Kind.CONFIRM_EMAIL)))
                .isTrue();
        assertThat(world.session(session).email()).isEqualTo(NEW);
        assertThat(world.loginAs(NEW, RIGHT)).isInstanceOf(Login.SignedIn.class);
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
        assertThat(world.audit.actions()).contains("auth.email.change-requested", "auth.email.changed");
    }

    @Test
    void tellsTheFormerAddressAndGivesItTheWayBack() {
        move(NEW);
        assertThat(world.mails)
                .extracting(AuthMail::kind, AuthMail::to)
                .containsExactly(tuple(Kind.CONFIRM_EMAIL, NEW), tuple(Kind.EMAIL_CHANGED, ANN));
        assertThat(world.token(Kind.EMAIL_CHANGED)).isNotNull();
    }

    @Test
    void endsEverySessionButTheOneThatAsked() {
        Secret other = world.signIn().session();
        move(NEW);
        assertThat(world.auth.session(other)).isEmpty();
        assertThat(world.auth.session(session)).isPresent();
    }

    @Test
    void leavesAKnownDeviceKnown() {
        Secret device = world.signIn().device();
        move(NEW);
        for (int i = 0; i < 9; i++) {
            world.loginAs(NEW, WRONG);
        }
        assertThat(world.auth.login(LoginAttempt.of(NEW, RIGHT).device(device))).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void needsThePasswordAndAnAddress() {
        assertThat(world.auth.recovery().requestEmailChange(session, NEW, WRONG))
                .isEqualTo(new Reauthentication.WrongPassword());
        assertThat(request("no address")).isInstanceOf(EmailChange.Rejected.class);
        assertThat(world.auth.recovery().requestEmailChange(Secret.of("x"), NEW, RIGHT))
                .isEqualTo(new Reauthentication.NotSignedIn());
        assertThat(world.mails).isEmpty();
    }

    @Test
    void mailsAreBoundedForTheAccountAndForTheAddress() {
        for (int i = 0; i < 20; i++) {
            assertThat(request("victim" + i + "@example.org")).isEqualTo(new EmailChange.CheckYourMail());
        }
        assertThat(world.mails).hasSize(5);
    }

    @Nested
    class ToAnAddressThatIsTaken {

        @BeforeEach
        void bob() {
            world.auth.register("bob@example.org", RIGHT);
            world.auth.verify(world.token(Kind.VERIFY));
            world.news();
        }

        @Test
        void looksTheSameAndTellsItsOwner() {
            assertThat(request("bob@example.org")).isEqualTo(new EmailChange.CheckYourMail());
            assertThat(world.mails).containsExactly(new AuthMail(Kind.ALREADY_REGISTERED, "bob@example.org", null));
        }

        @Test
        void failsWhenItIsTakenBeforeItIsConfirmed() {
            request("carol@example.org");
            Secret token = world.token(Kind.CONFIRM_EMAIL);
            world.auth.register("carol@example.org", WRONG);
            world.auth.verify(world.token(Kind.VERIFY));
            assertThat(world.auth.recovery().confirmEmailChange(token)).isFalse();
            assertThat(world.session(session).email()).isEqualTo(ANN);
            assertThat(world.loginAs("carol@example.org", WRONG)).isInstanceOf(Login.SignedIn.class);
        }
    }

    @Nested
    class ItsToken {

        @Test
        void isGoodOnceAndForAnHour() {
            request(NEW);
            Secret token = world.token(Kind.CONFIRM_EMAIL);
            world.time.advance(Duration.ofHours(1));
            assertThat(world.auth.recovery().confirmEmailChange(token)).isFalse();
            session = world.signIn().session();
            move(NEW);
            assertThat(world.auth.recovery().confirmEmailChange(world.token(Kind.CONFIRM_EMAIL)))
                    .isFalse();
        }

        @Test
        void isDeadWhenAnotherAddressWasAskedForSince() {
            request("first@example.org");
            Secret first = world.token(Kind.CONFIRM_EMAIL);
            request(NEW);
            assertThat(world.auth.recovery().confirmEmailChange(first)).isFalse();
        }

        @Test
        void isDeadWhenThePasswordWasChangedSince() {
            request(NEW);
            Secret token = world.token(Kind.CONFIRM_EMAIL);
            world.auth.recovery().changePassword(session, RIGHT, CHOSEN);
            assertThat(world.auth.recovery().confirmEmailChange(token)).isFalse();
        }
    }

    @Nested
    class OutdatesWhatWasMailedToTheFormerAddress {

        @Test
        void aReset() {
            Secret reset = world.resetToken();
            move(NEW);
            assertThat(world.auth.recovery().resetPassword(reset, CHOSEN)).isEqualTo(new PasswordReset.BadToken());
        }

        @Test
        void anUnlock() {
            world.auth.recovery().requestUnlock(ANN);
            Secret unlock = world.token(Kind.UNLOCK);
            move(NEW);
            assertThat(world.auth.recovery().unlock(unlock)).isEqualTo(new Unlock.BadToken());
        }
    }

    @Nested
    class TakenBack {

        private EmailRevert.Reverted revert(Secret token) {
            return (EmailRevert.Reverted) world.auth.recovery().revertEmailChange(token);
        }

        @Test
        void takesTheAccountFromWhoeverMovedIt() {
            move("thief@example.org");
            Secret thiefs = ((Login.SignedIn) world.loginAs("thief@example.org", RIGHT)).session();
            EmailRevert.Reverted reverted = revert(world.token(Kind.EMAIL_CHANGED));
            assertThat(world.auth.session(session)).isEmpty();
            assertThat(world.auth.session(thiefs)).isEmpty();
            assertThat(world.loginAs("thief@example.org", RIGHT)).isEqualTo(new Login.Denied());
            assertThat(world.login(RIGHT)).as("the thief knows it").isEqualTo(new Login.Denied());
            assertThat(world.auth.recovery().resetPassword(reverted.reset(), CHOSEN))
                    .isEqualTo(new PasswordReset.Done());
            assertThat(world.login(CHOSEN)).isInstanceOf(Login.SignedIn.class);
        }

        @Test
        void isGoodOnceAndForSevenDays() {
            move(NEW);
            Secret token = world.token(Kind.EMAIL_CHANGED);
            world.time.advance(Duration.ofDays(7));
            assertThat(world.auth.recovery().revertEmailChange(token)).isEqualTo(new EmailRevert.BadToken());
        }

        @Test
        void cannotBeTakenFromTheOwnerByMovingTheAccountTwice() {
            move("thief@example.org");
            Secret owners = world.token(Kind.EMAIL_CHANGED);
            move("thief@example.net");
            Secret thiefs = world.token(Kind.EMAIL_CHANGED);
            revert(owners);
            assertThat(world.auth.recovery().revertEmailChange(thiefs)).isEqualTo(new EmailRevert.BadToken());
            assertThat(world.auth.account(ANN)).isPresent();
        }

        @Test
        void isTheOwnersThoughTheThiefIsFirst() {
            move("thief@example.org");
            Secret owners = world.token(Kind.EMAIL_CHANGED);
            world.time.advance(Duration.ofMinutes(1));
            move("thief@example.net");
            revert(world.token(Kind.EMAIL_CHANGED));
            assertThat(world.auth.account("thief@example.org")).isPresent();
            revert(owners);
            assertThat(world.auth.account(ANN)).isPresent();
        }

        @Test
        void isThereForAnOwnerWhoJustMoved() {
            move(NEW);
            move("thief@example.org");
            revert(world.token(Kind.EMAIL_CHANGED));
            assertThat(world.auth.account(NEW)).isPresent();
        }

        @Test
        void outlivesANewPasswordOfTheThief() {
            move("thief@example.org");
            Secret owners = world.token(Kind.EMAIL_CHANGED);
            world.auth.recovery().changePassword(session, RIGHT, CHOSEN);
            world.auth.recovery().requestReset("thief@example.org");
            world.auth.recovery().resetPassword(world.token(Kind.RESET_PASSWORD), WRONG);
            assertThat(world.auth.recovery().revertEmailChange(owners)).isInstanceOf(EmailRevert.Reverted.class);
        }

        @Test
        void isRefusedWhenTheAddressIsSomebodyElsesNow() {
            move(NEW);
            Secret token = world.token(Kind.EMAIL_CHANGED);
            world.auth.register(ANN, WRONG);
            world.auth.verify(world.token(Kind.VERIFY));
            assertThat(world.auth.recovery().revertEmailChange(token)).isEqualTo(new EmailRevert.BadToken());
            assertThat(world.login(WRONG)).isInstanceOf(Login.SignedIn.class);
        }
    }
}
