// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether an address has an account must not show in how long an answer takes: every case costs the same verbs of the
 * store, in the same order, the same hashes, mails and events.
 */
final class SameWorkTest {

    private static final String NOBODY = "nobody@example.org";
    private static final String PENDING = "pending@example.org";
    private static final String DISABLED = "disabled@example.org";
    private static final Secret OVERLONG = Secret.of("x".repeat(5_000));

    private final CountingStore store = new CountingStore(AuthStore.inMemory());
    private final World world = new World(store);
    private final Work work = new Work(world, store);

    @BeforeEach
    void people() {
        world.ann();
        world.auth.register(DISABLED, RIGHT);
        world.auth.verify(world.token(Kind.VERIFY));
        Session session = world.session(((Login.SignedIn) world.loginAs(DISABLED, RIGHT)).session());
        world.auth.setStatus(session, session.account(), Status.DISABLED);
        world.auth.register(PENDING, RIGHT);
        world.time.advance(Duration.ofHours(1));
    }

    private void costsTheSame(Consumer<String> act) {
        List<String> known = work.of(() -> act.accept(ANN));
        assertThat(known).as("it does something").hasSizeGreaterThan(4);
        for (String email : List.of(NOBODY, PENDING, DISABLED)) {
            assertThat(work.of(() -> act.accept(email))).as(email).isEqualTo(known);
        }
    }

    private void fourTimes(Consumer<String> act) {
        for (String email : List.of(ANN, NOBODY, PENDING, DISABLED)) {
            for (int i = 0; i < 5; i++) {
                act.accept(email);
            }
        }
    }

    @Test
    void ofAWrongPassword() {
        costsTheSame(email -> world.loginAs(email, WRONG));
        costsTheSame(email -> world.loginAs(email, OVERLONG));
        assertThat(work.of(() -> world.loginAs(ANN, OVERLONG))).isEqualTo(work.of(() -> world.loginAs(ANN, WRONG)));
        assertThat(work.of(() -> world.loginAs(DISABLED, RIGHT)))
                .as("the right password of a disabled account")
                .isEqualTo(work.of(() -> world.loginAs(NOBODY, RIGHT)));
    }

    @Test
    void ofAThrottledSignInTheOneThatWarnsTheOwnerIncluded() {
        fourTimes(email -> world.loginAs(email, WRONG));
        costsTheSame(email -> world.loginAs(email, RIGHT));
        costsTheSame(email -> world.loginAs(email, RIGHT));
    }

    @Test
    void ofAResetBeyondTheBudgetToo() {
        costsTheSame(email -> world.auth.recovery().requestReset(email));
        fourTimes(email -> world.auth.recovery().requestReset(email));
        costsTheSame(email -> {
            world.auth.recovery().requestReset(email);
            world.auth.recovery().requestReset(email);
        });
    }

    @Test
    void ofAnUnlock() {
        costsTheSame(email -> world.auth.recovery().requestUnlock(email));
    }

    @Test
    void ofARegistration() {
        costsTheSame(email -> world.auth.register(email, RIGHT));
    }

    @Test
    void ofAnotherVerificationMail() {
        costsTheSame(email -> world.auth.requestVerification(email));
    }

    @Test
    void ofAChangeToAnAddress() {
        world.auth.register("asking@example.org", RIGHT);
        world.auth.verify(world.token(Kind.VERIFY));
        Secret session = ((Login.SignedIn) world.loginAs("asking@example.org", RIGHT)).session();
        world.auth.recovery().requestEmailChange(session, "first@example.org", RIGHT);
        costsTheSame(email -> world.auth.recovery().requestEmailChange(session, email, RIGHT));
    }

    @Test
    void ofARecoveryCodeThatIsWrongOrUsed() {
        World.Enrolled enrolled = world.enrol();
        Secret used = enrolled.recoveryCodes().get(0);
        world.factor(world.pending(), FactorKind.RECOVERY_CODE, used);
        Secret wrong = Secret.of("AAAA-".repeat(6));
        Secret pending = world.pending();
        assertThat(work.of(() -> world.factor(pending, FactorKind.RECOVERY_CODE, used)))
                .isEqualTo(work.of(() -> world.factor(pending, FactorKind.RECOVERY_CODE, wrong)));
    }
}
