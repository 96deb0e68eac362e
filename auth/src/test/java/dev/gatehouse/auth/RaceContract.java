// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Race;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sixteen threads at once: nothing is used twice, no budget is exceeded. */
abstract class RaceContract {

    private static final int THREADS = 16;

    private World world = new World();

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        world = new World(fresh());
    }

    private static boolean isIn(Login login) {
        return login instanceof Login.SignedIn;
    }

    @Test
    void aVerificationTokenMakesOneAccount() {
        world.auth.register(ANN, RIGHT);
        Secret token = world.lastToken();
        assertThat(Race.winners(THREADS, () -> world.auth.verify(token))).isEqualTo(1);
    }

    @Test
    void severalTokensOfOneAddressMakeOneAccount() {
        for (int i = 0; i < 5; i++) {
            world.auth.register(ANN, RIGHT);
        }
        Queue<AuthMail> mails = new ConcurrentLinkedQueue<>(world.mails);
        assertThat(Race.winners(5, () -> {
                    Secret token = mails.remove().token();
                    return token != null && world.auth.verify(token);
                }))
                .isEqualTo(1);
    }

    @Test
    void aCodeSignsInOnceThoughEachHasAPendingTokenOfItsOwn() {
        world.ann();
        World.Enrolled enrolled = world.enrol();
        world.nextStep();
        Secret code = world.code(enrolled.secret());
        Queue<Secret> pending = pending();
        assertThat(Race.winners(THREADS, () -> isIn(world.factor(pending.remove(), FactorKind.TOTP, code))))
                .isEqualTo(1);
    }

    @Test
    void aRecoveryCodeSignsInOnce() {
        world.ann();
        Secret code = world.enrol().recoveryCodes().get(0);
        Queue<Secret> pending = pending();
        assertThat(Race.winners(THREADS, () -> isIn(world.factor(pending.remove(), FactorKind.RECOVERY_CODE, code))))
                .isEqualTo(1);
    }

    @Test
    void aPendingTokenSignsInOnceThoughEachHasACodeOfItsOwn() {
        world.ann();
        Queue<Secret> codes = new ConcurrentLinkedQueue<>(world.enrol().recoveryCodes());
        Secret pending = world.pending();
        assertThat(Race.winners(10, () -> isIn(world.factor(pending, FactorKind.RECOVERY_CODE, codes.remove()))))
                .isEqualTo(1);
    }

    @Test
    void aGeneratorIsConfirmedOnce() {
        world.ann();
        Secret token = world.signIn().session();
        Secret secret = ((Enrolment.Started) world.auth.factors().enrolTotp(world.session(token))).secret();
        Secret code = world.code(secret);
        List<Confirmation> answers =
                Race.results(THREADS, () -> world.auth.factors().confirmTotp(token, code));
        assertThat(answers).filteredOn(Confirmation.Confirmed.class::isInstance).hasSize(1);
    }

    @Test
    void oneOfTwoAdministratorsWhoDemoteEachOtherIsLeft() {
        world.admin("admin");
        Session ann = world.session(world.signIn().session());
        Session boss = world.boss();
        Queue<Session> asking = new ConcurrentLinkedQueue<>(List.of(ann, boss));
        assertThat(Race.winners(2, () -> {
                    Session one = asking.remove();
                    String other = one.equals(ann) ? boss.account() : ann.account();
                    return world.auth.setRoles(one, other, Set.of()) == AccountChange.DONE;
                }))
                .isEqualTo(1);
    }

    @Test
    void fiveGuessesReachTheHash() {
        world.ann();
        int before = world.hasher.verified.get();
        assertThat(Race.winners(THREADS, () -> isIn(world.login(WRONG)))).isZero();
        assertThat(world.hasher.verified.get() - before).isEqualTo(5);
    }

    private Queue<Secret> pending() {
        return new ConcurrentLinkedQueue<>(
                Stream.generate(world::pending).limit(THREADS).toList());
    }
}
