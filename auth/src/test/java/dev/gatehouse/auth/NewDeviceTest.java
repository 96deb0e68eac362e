// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner hears of a sign-in from a device that is not known. */
final class NewDeviceTest {

    private final World world = new World();

    @BeforeEach
    void register() {
        world.ann();
        world.news();
    }

    @Test
    void isNoNewsAtTheFirstSignIn() {
        world.signIn();
        assertThat(world.mails).isEmpty();
    }

    @Test
    void isNewsAtAnyLaterOne() {
        world.signIn();
        world.signIn();
        assertThat(world.mails).containsExactly(new AuthMail(Kind.NEW_DEVICE, ANN, null));
    }

    @Test
    void isNoNewsWhenItsTokenIsKnown() {
        Secret device = world.signIn().device();
        world.auth.login(LoginAttempt.of(ANN, RIGHT).device(device));
        assertThat(world.mails).isEmpty();
    }

    @Test
    void isNewsWhenItsTokenIsForgedOrAnothersAccounts() {
        Secret mine = world.signIn().device();
        world.auth.register("bob@example.org", RIGHT);
        world.auth.verify(world.token(Kind.VERIFY));
        Secret bobs = ((Login.SignedIn) world.loginAs("bob@example.org", RIGHT)).device();
        world.news();
        Secret forged = Secret.of(mine.reveal().substring(0, mine.reveal().length() - 4) + "AAAA");
        world.auth.login(LoginAttempt.of(ANN, RIGHT).device(bobs));
        world.auth.login(LoginAttempt.of(ANN, RIGHT).device(forged));
        assertThat(world.news()).containsExactly(Kind.NEW_DEVICE, Kind.NEW_DEVICE);
    }

    @Test
    void isToldOnceTheSecondStepIsDoneAndStaysKnownThroughIt() {
        Secret device = world.signIn().device();
        World.Enrolled enrolled = world.enrol();
        world.news();
        Secret pending = world.pending();
        assertThat(world.mails).isEmpty();
        world.factor(pending, FactorKind.RECOVERY_CODE, enrolled.recoveryCodes().get(0));
        assertThat(world.news()).containsExactly(Kind.RECOVERY_CODE_USED, Kind.NEW_DEVICE);
        Login.FactorRequired known = (Login.FactorRequired)
                world.auth.login(LoginAttempt.of(ANN, RIGHT).device(device));
        Login login = world.factor(
                known.pending(),
                FactorKind.RECOVERY_CODE,
                enrolled.recoveryCodes().get(1));
        assertThat(((Login.SignedIn) login).device()).isEqualTo(device);
        assertThat(world.news()).containsExactly(Kind.RECOVERY_CODE_USED);
    }

    @Test
    void isNotSignedInWhenTheMailCannotBeQueued() {
        boolean[] full = {false};
        World fragile = new World(
                AuthStore.inMemory(),
                builder -> builder.mailer((tx, mail) -> {
                    if (full[0]) {
                        throw new IllegalStateException("outbox full");
                    }
                }));
        fragile.admin();
        String account = fragile.session(fragile.signIn().session()).account();
        full[0] = true;
        assertThat(catchThrowable(fragile::signIn)).hasMessage("outbox full");
        assertThat(fragile.store.<Integer>read(
                        unit -> unit.sessions().of(account).size()))
                .isEqualTo(1);
    }
}
