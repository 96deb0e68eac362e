// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.Tokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class AuthStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HASH = "stored-hash";

    private final Tokens tokens = new Tokens(new SecureRandom());
    private AuthStore store = AuthStore.inMemory();

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        store = fresh();
    }

    private <T> T in(Function<AuthUnit, T> work) {
        return store.transact(work);
    }

    private boolean did(Predicate<AuthUnit> work) {
        return store.transact(work::test);
    }

    private <T> Optional<T> found(Function<AuthUnit, Optional<T>> work) {
        return store.transact(work);
    }

    private long number(ToLongFunction<AuthUnit> work) {
        return store.transact(work::applyAsLong);
    }

    private Account account(String email) {
        Account account = new Account(tokens.id(), email, Status.ACTIVE, Set.of("b", "a"), NOW);
        assertThat(did(unit -> unit.accounts().create(account, email, HASH))).isTrue();
        return account;
    }

    @Nested
    class Accounts {

        @Test
        void findsAnAccountByAddressAndById() {
            Account ann = account("ann@example.org");
            assertThat(found(unit -> unit.accounts().find(ann.id()))).contains(ann);
            assertThat(found(unit -> unit.accounts().credentials("ann@example.org")))
                    .hasValueSatisfying(found -> {
                        assertThat(found.account()).isEqualTo(ann);
                        assertThat(found.passwordHash()).isEqualTo(HASH);
                    });
        }

        @Test
        void refusesASecondAccountOfTheSameAddressAndTheTransactionGoesOn() {
            account("ann@example.org");
            Account second = new Account(tokens.id(), "ann@example.org", Status.ACTIVE, Set.of(), NOW);
            Account other = new Account(tokens.id(), "bob@example.org", Status.ACTIVE, Set.of(), NOW);
            boolean created = in(unit -> {
                assertThat(unit.accounts().create(second, "ann@example.org", HASH))
                        .isFalse();
                return unit.accounts().create(other, "bob@example.org", HASH);
            });
            assertThat(created).isTrue();
            assertThat(number(unit -> unit.accounts().count())).isEqualTo(2);
        }

        @Test
        void oneOfManyConcurrentCreatorsWins() {
            int winners = Race.winners(16, () -> {
                Account account = new Account(tokens.id(), "ann@example.org", Status.ACTIVE, Set.of(), NOW);
                return in(unit -> unit.accounts().create(account, "ann@example.org", HASH));
            });
            assertThat(winners).isEqualTo(1);
        }

        @Test
        void replacesAHashOnlyIfItIsStillTheOneThatWasRead() {
            Account ann = account("ann@example.org");
            assertThat(did(unit -> unit.accounts().rehash(ann.id(), "another", "newer")))
                    .isFalse();
            assertThat(did(unit -> unit.accounts().rehash(ann.id(), HASH, "newer")))
                    .isTrue();
            assertThat(did(unit -> unit.accounts().rehash(ann.id(), HASH, "lost")))
                    .isFalse();
        }

        @Test
        void countsHashesByTheirBeginnings() {
            account("ann@example.org");
            List<Long> counts = in(unit -> unit.accounts().countHashesLike(List.of("stored-", "fresh-", "STORED")));
            assertThat(counts).containsExactly(1L, 0L, 0L);
        }

        @Test
        void advancesAnEpochOnceForEachOfMany() {
            Account ann = account("ann@example.org");
            assertThat(Race.results(
                            16,
                            () -> in(unit ->
                                    unit.accounts().advanceEpoch(ann.id()).orElseThrow())))
                    .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);
            assertThat(found(unit -> unit.accounts().lock(ann.id()))
                            .orElseThrow()
                            .epoch())
                    .isEqualTo(16);
            assertThat(did(unit -> unit.accounts().advanceEpoch("nobody").isPresent()))
                    .isFalse();
            assertThat(found(unit -> unit.accounts().lock("nobody"))).isEmpty();
        }

        @Test
        void changesRolesAndStatus() {
            Account ann = account("ann@example.org");
            assertThat(did(unit -> unit.accounts().setRoles(ann.id(), Set.of())))
                    .isTrue();
            assertThat(did(unit -> unit.accounts().setStatus(ann.id(), Status.DISABLED)))
                    .isTrue();
            assertThat(found(unit -> unit.accounts().find(ann.id()))).hasValueSatisfying(found -> {
                assertThat(found.roles()).isEmpty();
                assertThat(found.status()).isEqualTo(Status.DISABLED);
            });
            assertThat(did(unit -> unit.accounts().setStatus("nobody", Status.ACTIVE)))
                    .isFalse();
        }
    }

    @Nested
    class Transactions {

        @Test
        void keepNothingOfWorkThatThrows() {
            Account ann = new Account(tokens.id(), "ann@example.org", Status.ACTIVE, Set.of(), NOW);
            assertThatThrownBy(() -> in(unit -> {
                        unit.accounts().create(ann, "ann@example.org", HASH);
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");
            assertThat(number(unit -> unit.accounts().count())).isZero();
        }

        @Test
        void haveTheLastWorkDoneWhenTheyAreOverKeptOrNot() {
            List<String> done = new ArrayList<>();
            in(unit -> {
                unit.afterwards(() -> done.add(unit.accounts().toString()));
                return done.add("work");
            });
            assertThat(done).hasSize(2).startsWith("work");
            assertThatThrownBy(() -> in(unit -> {
                        unit.afterwards(done::clear);
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");
            assertThat(done).isEmpty();
        }

        @Test
        void keepNothingOfARehearsal() {
            Account ann = account("ann@example.org");
            boolean rehearsed = store.rehearse(unit -> unit.accounts().setStatus(ann.id(), Status.DISABLED));
            assertThat(rehearsed).isTrue();
            assertThat(found(unit -> unit.accounts().find(ann.id()))).contains(ann);
        }
    }

    @Nested
    class Tickets {

        @Test
        void areConsumedOnceByOneOfMany() {
            Ticket ticket = issued(5);
            assertThat(Race.winners(
                            16,
                            () -> in(unit -> unit.tickets()
                                    .consume(ticket.hash(), Purpose.VERIFY_ADDRESS, NOW)
                                    .isPresent())))
                    .isEqualTo(1);
        }

        @Test
        void areGoodForTheirPurposeAndTimeOnly() {
            Ticket ticket = issued(5);
            assertThat(found(unit -> unit.tickets().consume(ticket.hash(), Purpose.SECOND_FACTOR, NOW)))
                    .isEmpty();
            assertThat(found(
                            unit -> unit.tickets().consume(ticket.hash(), Purpose.VERIFY_ADDRESS, NOW.plusSeconds(60))))
                    .isEmpty();
            assertThat(found(
                            unit -> unit.tickets().consume(ticket.hash(), Purpose.VERIFY_ADDRESS, NOW.plusSeconds(59))))
                    .contains(ticket);
        }

        @Test
        void allowJustAsManyAttemptsAsTheyHave() {
            Ticket ticket = issued(5);
            assertThat(Race.winners(
                            16,
                            () -> in(unit -> unit.tickets()
                                    .attempt(ticket.hash(), Purpose.VERIFY_ADDRESS, NOW)
                                    .isPresent())))
                    .isEqualTo(5);
        }

        @Test
        void areDiscardedFromOneOn() {
            Ticket ticket = issued(5);
            Ticket earlier = issued(another(NOW.plusSeconds(59)));
            issued(another(NOW.plusSeconds(61)));
            assertThat(number(unit -> unit.tickets().discardSince(ticket))).isEqualTo(2);
            assertThat(found(unit -> unit.tickets().find(earlier.hash(), earlier.purpose(), NOW)))
                    .contains(earlier);
        }

        @Test
        void areUndisputedWhileTheirPayloadIsTheOnlyOne() {
            Ticket ticket = issued(5);
            assertThat(undisputed(NOW)).contains(ticket);
            issued(another(ticket.expiresAt()));
            assertThat(undisputed(NOW)).isEmpty();
            assertThat(undisputed(ticket.expiresAt())).isEmpty();
        }

        private Optional<Ticket> undisputed(Instant at) {
            return found(unit -> unit.tickets().undisputed(Purpose.VERIFY_ADDRESS, "ann", at));
        }

        @Test
        void arePurgedWhenExpired() {
            issued(5);
            assertThat(number(unit -> unit.tickets().purge(NOW.plusSeconds(59))))
                    .isZero();
            assertThat(number(unit -> unit.tickets().purge(NOW.plusSeconds(60))))
                    .isEqualTo(1);
        }

        private Ticket issued(int attempts) {
            Ticket ticket = new Ticket(
                    tokens.issue().hash(),
                    Purpose.VERIFY_ADDRESS,
                    "ann",
                    "ann@example.org",
                    HASH,
                    attempts,
                    NOW.plusSeconds(60));
            return issued(ticket);
        }

        private Ticket another(Instant expiresAt) {
            return new Ticket(tokens.issue().hash(), Purpose.VERIFY_ADDRESS, "ann", "", "another", 0, expiresAt);
        }

        private Ticket issued(Ticket ticket) {
            return in(unit -> {
                unit.tickets().issue(ticket);
                return ticket;
            });
        }
    }

    @Nested
    class Attempts {

        private static final AttemptPolicy FIVE_A_MINUTE = new AttemptPolicy(5, Duration.ofMinutes(1));

        @Test
        void areGrantedToNoMoreThanThePolicyHoweverManyAsk() {
            assertThat(Race.winners(16, () -> reserve(NOW))).isEqualTo(5);
            assertThat(reserve(NOW.plusSeconds(59))).isFalse();
            assertThat(reserve(NOW.plusSeconds(60))).isTrue();
        }

        @Test
        void countAgainWhenGivenBack() {
            assertThat(Race.winners(16, () -> reserve(NOW))).isEqualTo(5);
            in(unit -> {
                unit.attempts().release("ann", NOW);
                return true;
            });
            assertThat(reserve(NOW)).isTrue();
            assertThat(reserve(NOW)).isFalse();
        }

        @Test
        void areCountedForEachKeyByItself() {
            assertThat(Race.winners(6, () -> reserve(NOW))).isEqualTo(5);
            assertThat(did(unit -> unit.attempts().reserve("bob", FIVE_A_MINUTE, NOW)))
                    .isTrue();
        }

        @Test
        void arePurgedWhenNoWindowReachesThem() {
            reserve(NOW);
            assertThat(number(unit -> unit.attempts().purge(NOW.plusSeconds(59))))
                    .isZero();
            assertThat(number(unit -> unit.attempts().purge(NOW.plusSeconds(60))))
                    .isEqualTo(1);
        }

        private boolean reserve(Instant at) {
            return in(unit -> unit.attempts().reserve("ann", FIVE_A_MINUTE, at));
        }
    }

    @Nested
    class Factors {

        @Test
        void areConfirmedOnlyWithTheSecretOnOffer() {
            String ann = account("ann@example.org").id();
            offer(ann, "first");
            offer(ann, "second");
            assertThat(did(unit -> unit.factors().confirm(ann, "first", 7))).isFalse();
            assertThat(did(unit -> unit.factors().confirm(ann, "second", 7))).isTrue();
            assertThat(did(unit -> unit.factors().confirm(ann, "second", 7))).isFalse();
            assertThat(found(unit -> unit.factors().generator(ann))
                            .orElseThrow()
                            .confirmed())
                    .isEqualTo("second");
        }

        @Test
        void stayConfirmedWhileAnotherIsOnOffer() {
            String ann = account("ann@example.org").id();
            offer(ann, "first");
            in(unit -> unit.factors().confirm(ann, "first", 7));
            offer(ann, "second");
            assertThat(found(unit -> unit.factors().generator(ann))).hasValueSatisfying(found -> {
                assertThat(found.confirmed()).isEqualTo("first");
                assertThat(found.offered()).isEqualTo("second");
                assertThat(found.offeredUntil()).isEqualTo(NOW);
            });
        }

        @Test
        void letOneOfManyUseAStepAndNobodyAnEarlierOne() {
            String ann = account("ann@example.org").id();
            offer(ann, "first");
            in(unit -> unit.factors().confirm(ann, "first", 7));
            assertThat(did(unit -> unit.factors().useStep(ann, 7))).isFalse();
            assertThat(Race.winners(16, () -> in(unit -> unit.factors().useStep(ann, 9))))
                    .isEqualTo(1);
            assertThat(did(unit -> unit.factors().useStep(ann, 8))).isFalse();
        }

        @Test
        void letOneOfManyUseARecoveryCode() {
            String ann = account("ann@example.org").id();
            in(unit -> {
                unit.factors().replaceRecoveryCodes(ann, List.of("one", "two", "three"));
                unit.factors().replaceRecoveryCodes(ann, List.of("four", "five"));
                return true;
            });
            assertThat(did(unit -> unit.factors().useRecoveryCode(ann, "one"))).isFalse();
            assertThat(Race.winners(16, () -> in(unit -> unit.factors().useRecoveryCode(ann, "four"))))
                    .isEqualTo(1);
            assertThat(number(unit -> unit.factors().recoveryCodesLeft(ann))).isEqualTo(1);
        }

        private void offer(String account, String secret) {
            in(unit -> {
                unit.factors().offer(account, secret, NOW);
                return true;
            });
        }
    }
}
