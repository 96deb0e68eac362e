// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Race;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sixteen threads at once give the same token or code, or what outdates each other: nothing is used twice. */
abstract class RecoveryRaceContract {

    private static final int THREADS = 16;
    private static final int FEW = 3;
    private static final int MANY = 2_000;

    private World world = new World();
    private final AtomicInteger round = new AtomicInteger();

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        world = new World(fresh());
    }

    private String email() {
        return "user" + round.get() + "@example.org";
    }

    /** A fresh account for this round. */
    private void begin() {
        round.incrementAndGet();
        world.mails.clear();
        world.nextStep();
        world.auth.createAdministrator(email(), RIGHT, Set.of());
    }

    private Login.SignedIn signIn() {
        return (Login.SignedIn) world.loginAs(email(), RIGHT);
    }

    private Secret pending() {
        return ((Login.FactorRequired) world.loginAs(email(), RIGHT)).pending();
    }

    private World.Enrolled enrol() {
        Secret token = signIn().session();
        Secret secret = ((Enrolment.Started) world.auth.factors().enrolTotp(world.session(token))).secret();
        Confirmation.Confirmed confirmed =
                (Confirmation.Confirmed) world.auth.factors().confirmTotp(token, world.code(secret));
        world.nextStep();
        return new World.Enrolled(secret, confirmed.recoveryCodes(), token, confirmed.session());
    }

    private Secret resetToken() {
        world.auth.recovery().requestReset(email());
        return world.token(Kind.RESET_PASSWORD);
    }

    private static Secret chosen(int i) {
        return Secret.of("a new password, number " + i);
    }

    private boolean canSignIn(Secret password) {
        return world.loginAs(email(), password) instanceof Login.SignedIn;
    }

    @Test
    void aResetTokenSetsOnePassword() {
        resets(FEW);
    }

    @Test
    @Tag("soak")
    void aResetTokenSetsOnePasswordInTwoThousandRounds() {
        resets(MANY);
    }

    private void resets(int rounds) {
        for (int i = 0; i < rounds; i++) {
            begin();
            Secret token = resetToken();
            AtomicInteger racer = new AtomicInteger();
            int winners = Race.winners(
                    THREADS,
                    () -> world.auth
                            .recovery()
                            .resetPassword(token, chosen(racer.incrementAndGet()))
                            .equals(new PasswordReset.Done()));
            assertThat(winners).as("round " + i).isEqualTo(1);
            long rights = IntStream.rangeClosed(1, THREADS)
                    .filter(n -> world.store.<Boolean>read(unit -> world.hasher.verify(
                            chosen(n),
                            unit.accounts().credentials(email()).orElseThrow().passwordHash())))
                    .count();
            assertThat(rights).isEqualTo(1);
        }
    }

    @Test
    void aCodeOfAGeneratorIsUsedOnceWhateverItIsFor() {
        codes(FEW);
    }

    @Test
    @Tag("soak")
    void aCodeOfAGeneratorIsUsedOnceInTwoThousandRounds() {
        codes(MANY);
    }

    private void codes(int rounds) {
        begin();
        World.Enrolled enrolled = enrol();
        Secret session = enrolled.session();
        for (int i = 0; i < rounds; i++) {
            world.nextStep();
            Secret code = world.code(enrolled.secret());
            session = once(session, FactorKind.TOTP, code);
        }
    }

    @Test
    void aRecoveryCodeIsUsedOnceWhateverItIsFor() {
        recoveryCodes(FEW);
    }

    @Test
    @Tag("soak")
    void aRecoveryCodeIsUsedOnceInTwoThousandRounds() {
        recoveryCodes(MANY);
    }

    private void recoveryCodes(int rounds) {
        for (int i = 0; i < rounds; i += 10) {
            begin();
            World.Enrolled enrolled = enrol();
            Secret session = enrolled.session();
            for (Secret code : enrolled.recoveryCodes().subList(0, Math.min(10, rounds - i))) {
                world.nextStep();
                session = once(session, FactorKind.RECOVERY_CODE, code);
            }
        }
    }

    /** Seven sign-ins and one session give the same code at once; gives back the session that it was used in. */
    private Secret once(Secret session, FactorKind kind, Secret code) {
        Queue<Callable<Optional<Secret>>> tries = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 7; i++) {
            Secret pending = pending();
            tries.add(() -> world.factor(pending, kind, code) instanceof Login.SignedIn in
                    ? Optional.of(in.session())
                    : Optional.empty());
        }
        tries.add(() -> world.auth.factors().use(session, kind, code) instanceof FactorChange.Done done
                ? Optional.of(done.tokens().session())
                : Optional.empty());
        List<Secret> won = Race.results(8, () -> tries.remove().call()).stream()
                .flatMap(Optional::stream)
                .toList();
        assertThat(won).hasSize(1);
        forgetTries();
        return won.get(0);
    }

    /** The losers' tries would count for a day, and the session would be over by then. */
    private void forgetTries() {
        Instant late = world.time.instant().plus(Duration.ofDays(2));
        world.store.<Integer>transact(unit -> unit.attempts().purge(late));
    }

    @Test
    void nobodyWhoKnewTheOldPasswordIsInAfterAReset() {
        for (int i = 0; i < FEW; i++) {
            begin();
            Secret device = signIn().device();
            Secret token = resetToken();
            Queue<Callable<Login>> tries = new ConcurrentLinkedQueue<>();
            for (int n = 0; n < 5; n++) {
                tries.add(() -> world.auth.login(LoginAttempt.of(email(), RIGHT).device(device)));
                tries.add(() -> world.loginAs(email(), RIGHT));
            }
            tries.add(() -> {
                assertThat(world.auth.recovery().resetPassword(token, chosen(1)))
                        .isEqualTo(new PasswordReset.Done());
                return new Login.Denied();
            });
            List<Login> answers = Race.results(11, () -> tries.remove().call());
            assertThat(answers)
                    .filteredOn(Login.SignedIn.class::isInstance)
                    .noneMatch(login -> world.auth
                            .sessionNow(((Login.SignedIn) login).session())
                            .isPresent());
        }
    }

    @Test
    void aChangeAndAResetDoNotBothHold() {
        for (int i = 0; i < FEW; i++) {
            begin();
            Secret session = signIn().session();
            Secret token = resetToken();
            Queue<Callable<Boolean>> tries = new ConcurrentLinkedQueue<>(List.of(
                    () -> world.auth.recovery().changePassword(session, RIGHT, chosen(1))
                            instanceof PasswordChange.Changed,
                    () -> world.auth.recovery().resetPassword(token, chosen(2)) instanceof PasswordReset.Done));
            assertThat(Race.winners(2, () -> tries.remove().call())).isEqualTo(1);
            assertThat(canSignIn(chosen(1)) ^ canSignIn(chosen(2))).isTrue();
        }
    }

    @Test
    void aChangeOfAddressIsConfirmedOnceAndOneOfTwoAccountsGetsIt() {
        begin();
        world.auth.recovery().requestEmailChange(signIn().session(), "wanted@example.org", RIGHT);
        Secret one = world.token(Kind.CONFIRM_EMAIL);
        begin();
        world.auth.recovery().requestEmailChange(signIn().session(), "wanted@example.org", RIGHT);
        Secret other = world.token(Kind.CONFIRM_EMAIL);
        AtomicInteger racer = new AtomicInteger();
        assertThat(Race.winners(
                        THREADS,
                        () -> world.auth.recovery().confirmEmailChange(racer.incrementAndGet() % 2 == 0 ? one : other)))
                .isEqualTo(1);
    }

    @Test
    void fiveGuessesWithinASessionReachTheHash() {
        begin();
        Secret session = signIn().session();
        int before = world.hasher.verified.get();
        Race.results(THREADS, () -> world.auth.recovery().changePassword(session, WRONG, chosen(1)));
        assertThat(world.hasher.verified.get() - before).isEqualTo(5);
    }

    @Test
    void parallelSignInsOutliveARisenWorkFactor() {
        begin();
        Queue<Secret> devices = new ConcurrentLinkedQueue<>(
                Stream.generate(() -> signIn().device()).limit(THREADS).toList());
        world.hasher.prefix = "fast2:";
        assertThat(Race.winners(
                        THREADS,
                        () -> world.auth.login(LoginAttempt.of(email(), RIGHT).device(devices.remove()))
                                instanceof Login.SignedIn))
                .isEqualTo(THREADS);
        assertThat(canSignIn(RIGHT)).isTrue();
    }
}
