// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attacker uses up the attempts of Ann's address for ever; Ann gets in by mail. */
final class UnlockTest {

    private final World world = new World();

    @BeforeEach
    void attack() {
        world.ann();
        world.news();
        guess();
        assertThat(world.login(RIGHT)).isEqualTo(new Login.Denied());
    }

    private void guess() {
        for (int i = 0; i < 9; i++) {
            world.login(WRONG);
        }
    }

    @Test
    void theWarningLetsTheOwnerIn() {
        Secret token = world.token(Kind.SIGN_IN_THROTTLED);
        assertThat(world.auth.recovery().unlock(token)).isInstanceOf(Unlock.Unlocked.class);
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void whoAsksGetsAMailToo() {
        world.auth.recovery().requestUnlock(ANN);
        world.auth.recovery().unlock(world.token(Kind.UNLOCK));
        assertThat(world.login(RIGHT)).isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void theDeviceStaysUnlockedThoughTheAttackGoesOn() {
        Unlock.Unlocked unlocked = (Unlock.Unlocked) world.auth.recovery().unlock(world.token(Kind.SIGN_IN_THROTTLED));
        guess();
        assertThat(world.login(RIGHT)).as("from anywhere else").isEqualTo(new Login.Denied());
        assertThat(world.auth.login(LoginAttempt.of(ANN, RIGHT).device(unlocked.device())))
                .isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void signsNobodyIn() {
        Unlock.Unlocked unlocked = (Unlock.Unlocked) world.auth.recovery().unlock(world.token(Kind.SIGN_IN_THROTTLED));
        assertThat(world.auth.session(unlocked.device())).isEmpty();
        assertThat(world.auth.login(LoginAttempt.of(ANN, WRONG).device(unlocked.device())))
                .isEqualTo(new Login.Denied());
    }

    @Test
    void takesATokenOnceAndWithinAnHour() {
        Secret token = world.token(Kind.SIGN_IN_THROTTLED);
        world.auth.recovery().unlock(token);
        assertThat(world.auth.recovery().unlock(token)).isEqualTo(new Unlock.BadToken());
        world.auth.recovery().requestUnlock(ANN);
        Secret late = world.token(Kind.UNLOCK);
        world.time.advance(Duration.ofHours(1));
        assertThat(world.auth.recovery().unlock(late)).isEqualTo(new Unlock.BadToken());
    }

    @Test
    void isADecoyWithoutAnActiveAccount() {
        world.time.advance(Duration.ofHours(1));
        Session session = world.session(world.signIn().session());
        world.auth.setStatus(session, session.account(), Status.DISABLED);
        world.news();
        world.auth.recovery().requestUnlock(ANN);
        world.auth.recovery().requestUnlock("nobody@example.org");
        guess();
        assertThat(world.news()).containsExactly(Kind.DECOY, Kind.DECOY, Kind.DECOY);
    }
}
