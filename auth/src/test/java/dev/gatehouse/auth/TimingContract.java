// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether an address has an account, and in what state, does not show in how long an answer takes: real hashes, a real
 * database, random order within each pair, and the median difference less than a millisecond for sure. A busy machine
 * makes the interval wide: then more pairs are timed.
 */
abstract class TimingContract {

    private static final int WARM_UP = 40;
    private static final int BATCH = 300;
    private static final int MOST_PAIRS = 6_000;
    private static final int PEOPLE = 20;
    private static final double BOUND_MILLIS = 1;
    private static final Secret OVERLONG = Secret.of("x".repeat(4_000));

    private final Random random = new Random(7);
    private World world = new World();

    abstract AuthStore fresh();

    @BeforeEach
    void people() {
        world = new World(
                fresh(),
                builder -> builder.hasher(PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom())));
        for (int i = 0; i < PEOPLE; i++) {
            world.auth.createAdministrator(known(i), RIGHT, Set.of());
            world.auth.createAdministrator(disabled(i), RIGHT, Set.of());
            disable(disabled(i));
        }
    }

    private void disable(String email) {
        Session session = world.session(((Login.SignedIn) world.loginAs(email, RIGHT)).session());
        world.auth.setStatus(session, session.account(), Status.DISABLED);
    }

    private static String known(int i) {
        return "known" + i % PEOPLE + "@example.org";
    }

    private static String unknown(int i) {
        return "never" + i % PEOPLE + "@example.org";
    }

    private static String disabled(int i) {
        return "disab" + i % PEOPLE + "@example.org";
    }

    private void takesAsLong(String what, IntConsumer one, IntConsumer other) {
        takesAsLong(what, i -> {}, one, other);
    }

    private void takesAsLong(String what, IntConsumer prepare, IntConsumer one, IntConsumer other) {
        for (int i = 0; i < WARM_UP; i++) {
            pair(i, prepare, one, other);
        }
        List<Double> differences = new ArrayList<>();
        PairedDifferences found;
        do {
            for (int i = 0; i < BATCH; i++) {
                differences.add(pair(i, prepare, one, other));
            }
            found = PairedDifferences.of(differences, random);
        } while (found.isUndecided(BOUND_MILLIS) && differences.size() < MOST_PAIRS);
        System.out.println(getClass().getSimpleName() + ", " + what + ": " + found);
        assertThat(found.isWithin(BOUND_MILLIS)).as(what + ": " + found).isTrue();
    }

    /** Budgets are full again for each pair, and tables do not grow from pair to pair. */
    private double pair(int i, IntConsumer prepare, IntConsumer one, IntConsumer other) {
        world.time.advance(Duration.ofMinutes(61));
        world.auth.purge();
        world.mails.clear();
        prepare.accept(i);
        boolean first = random.nextBoolean();
        double before = first ? millis(i, one) : millis(i, other);
        double after = first ? millis(i, other) : millis(i, one);
        return first ? before - after : after - before;
    }

    private static double millis(int i, IntConsumer act) {
        long start = System.nanoTime();
        act.accept(i);
        return (System.nanoTime() - start) / 1e6;
    }

    @Test
    void ofAWrongPassword() {
        takesAsLong(
                "login, known and unknown", i -> world.loginAs(known(i), WRONG), i -> world.loginAs(unknown(i), WRONG));
        takesAsLong(
                "login, disabled with the right password and unknown",
                i -> world.loginAs(disabled(i), RIGHT),
                i -> world.loginAs(unknown(i), RIGHT));
        takesAsLong(
                "login, known and unknown, over-long",
                i -> world.loginAs(known(i), OVERLONG),
                i -> world.loginAs(unknown(i), OVERLONG));
        takesAsLong(
                "login, over-long and wrong",
                i -> world.loginAs(known(i), OVERLONG),
                i -> world.loginAs(known(i + 1), WRONG));
    }

    @Test
    void ofAnAddressThatAwaitsItsVerification() {
        takesAsLong(
                "login, unverified and unknown",
                i -> world.auth.register("waits@example.org", RIGHT),
                i -> world.loginAs("waits@example.org", RIGHT),
                i -> world.loginAs(unknown(i), RIGHT));
    }

    @Test
    void ofAThrottledSignInThatWarnsTheOwner() {
        takesAsLong(
                "login throttled, known and unknown",
                i -> {
                    useUp(known(i));
                    useUp(unknown(i));
                },
                i -> world.loginAs(known(i), RIGHT),
                i -> world.loginAs(unknown(i), RIGHT));
    }

    private void useUp(String identifier) {
        while (world.auth.parts().budgets().login(identifier, "").isPresent()) {
            // Until there is none left.
        }
    }

    @Test
    void ofAReset() {
        takesAsLong(
                "reset, known and unknown",
                i -> world.auth.recovery().requestReset(known(i)),
                i -> world.auth.recovery().requestReset(unknown(i)));
        takesAsLong(
                "reset, disabled and unknown",
                i -> world.auth.recovery().requestReset(disabled(i)),
                i -> world.auth.recovery().requestReset(unknown(i)));
    }

    @Test
    void ofARegistration() {
        takesAsLong(
                "registration, known and unknown",
                i -> world.auth.register(known(i), RIGHT),
                i -> world.auth.register(unknown(i), RIGHT));
    }

    /** Wrong codes would count for a day. */
    private void forgetTries() {
        Instant late = world.time.instant().plus(Duration.ofDays(2));
        world.store.<Integer>transact(unit -> unit.attempts().purge(late));
    }

    @Test
    void ofARecoveryCode() {
        world.auth.createAdministrator(World.ANN, RIGHT, Set.of());
        World.Enrolled enrolled = world.enrol();
        Secret used = enrolled.recoveryCodes().get(0);
        world.factor(world.pending(), FactorKind.RECOVERY_CODE, used);
        Secret wrong = Secret.of("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
        List<Secret> pending = new ArrayList<>();
        takesAsLong(
                "recovery code, used and never given",
                i -> {
                    forgetTries();
                    pending.clear();
                    pending.add(world.pending());
                    pending.add(world.pending());
                },
                i -> world.factor(pending.get(0), FactorKind.RECOVERY_CODE, used),
                i -> world.factor(pending.get(1), FactorKind.RECOVERY_CODE, wrong));
    }
}
