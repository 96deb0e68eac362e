// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every store must do for accounts that are recovered and changed. */
abstract class RecoveryStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EmailAddress OTHER =
            EmailAddress.parse("Other@example.org").orElseThrow();

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

    private String account(String email) {
        Account account = new Account(tokens.id(), email, Status.ACTIVE, Set.of(), NOW);
        assertThat(did(unit -> unit.accounts().create(account, email, "stored-hash")))
                .isTrue();
        return account.id();
    }

    @Nested
    class Accounts {

        @Test
        void takeANewPassword() {
            String ann = account("ann@example.org");
            assertThat(did(unit -> unit.accounts().setPassword(ann, "new-hash")))
                    .isTrue();
            assertThat(found(unit -> unit.accounts().credentials("ann@example.org")))
                    .hasValueSatisfying(
                            found -> assertThat(found.passwordHash()).isEqualTo("new-hash"));
            assertThat(did(unit -> unit.accounts().setPassword("nobody", "new-hash")))
                    .isFalse();
        }

        @Test
        void moveToAnotherAddress() {
            String ann = account("ann@example.org");
            assertThat(did(unit -> unit.accounts().setEmail(ann, OTHER))).isTrue();
            assertThat(found(unit -> unit.accounts().credentials("ann@example.org")))
                    .isEmpty();
            assertThat(found(unit -> unit.accounts().credentials("other@example.org")))
                    .hasValueSatisfying(found -> {
                        assertThat(found.account().id()).isEqualTo(ann);
                        assertThat(found.account().email()).isEqualTo("Other@example.org");
                    });
            assertThat(did(unit -> unit.accounts().setEmail("nobody", OTHER))).isFalse();
        }

        @Test
        void freeTheirFormerAddress() {
            String ann = account("ann@example.org");
            in(unit -> unit.accounts().setEmail(ann, OTHER));
            assertThat(account("ann@example.org")).isNotEqualTo(ann);
        }

        @Test
        void stayWhereTheyAreWhenTheAddressIsTakenAndTheTransactionGoesOn() {
            String ann = account("ann@example.org");
            account("other@example.org");
            boolean setAfterwards = in(unit -> {
                assertThat(unit.accounts().setEmail(ann, OTHER)).isFalse();
                return unit.accounts().setStatus(ann, Status.DISABLED);
            });
            assertThat(setAfterwards).isTrue();
            assertThat(found(unit -> unit.accounts().find(ann))).hasValueSatisfying(found -> {
                assertThat(found.email()).isEqualTo("ann@example.org");
                assertThat(found.status()).isEqualTo(Status.DISABLED);
            });
        }

        @Test
        void keepTheirAddressInAnotherSpelling() {
            String ann = account("ann@example.org");
            EmailAddress shouted = EmailAddress.parse("ANN@example.org").orElseThrow();
            assertThat(did(unit -> unit.accounts().setEmail(ann, shouted))).isTrue();
            assertThat(found(unit -> unit.accounts().find(ann)))
                    .hasValueSatisfying(found -> assertThat(found.email()).isEqualTo("ANN@example.org"));
        }

        @Test
        void ofWhichManyWantOneAddressOneGetsIt() {
            Queue<String> accounts = new ConcurrentLinkedQueue<>(IntStream.range(0, 8)
                    .mapToObj(i -> account("user" + i + "@example.org"))
                    .toList());
            int winners = Race.winners(8, () -> {
                String mine = accounts.remove();
                return in(unit -> unit.accounts().setEmail(mine, OTHER));
            });
            assertThat(winners).isEqualTo(1);
        }

        @Test
        void knowTheirFirstSignIn() {
            String ann = account("ann@example.org");
            assertThat(did(unit -> unit.accounts().signedIn(ann, NOW))).isTrue();
            assertThat(did(unit -> unit.accounts().signedIn(ann, NOW))).isFalse();
            assertThat(did(unit -> unit.accounts().signedIn("nobody", NOW))).isFalse();
        }
    }

    @Nested
    class Tickets {

        private Ticket issued(Purpose purpose, String subject) {
            Ticket ticket =
                    new Ticket(tokens.issue().hash(), purpose, subject, "", "", 0, NOW.plus(Duration.ofHours(1)));
            in(unit -> {
                unit.tickets().issue(ticket);
                return true;
            });
            return ticket;
        }

        private boolean isThere(Ticket ticket) {
            return found(unit -> unit.tickets().find(ticket.hash(), ticket.purpose(), NOW))
                    .isPresent();
        }

        @Test
        void areLookedAtWithoutBeingUsedUp() {
            Ticket ticket = issued(Purpose.RESET_PASSWORD, "ann");
            assertThat(found(unit -> unit.tickets().find(ticket.hash(), Purpose.RESET_PASSWORD, NOW)))
                    .contains(ticket);
            assertThat(isThere(ticket)).isTrue();
            assertThat(found(unit -> unit.tickets().find(ticket.hash(), Purpose.UNLOCK, NOW)))
                    .isEmpty();
            assertThat(found(unit -> unit.tickets().find(ticket.hash(), ticket.purpose(), ticket.expiresAt())))
                    .isEmpty();
            TokenHash other = tokens.issue().hash();
            assertThat(found(unit -> unit.tickets().find(other, ticket.purpose(), NOW)))
                    .isEmpty();
        }

        @Test
        void areDiscardedBySubjectAndPurpose() {
            Ticket one = issued(Purpose.RESET_PASSWORD, "ann");
            Ticket two = issued(Purpose.CHANGE_EMAIL, "ann");
            Ticket another = issued(Purpose.REVERT_EMAIL, "ann");
            Ticket bobs = issued(Purpose.RESET_PASSWORD, "bob");
            Set<Purpose> purposes = Set.of(Purpose.RESET_PASSWORD, Purpose.CHANGE_EMAIL);
            assertThat(discard("ann", purposes)).isEqualTo(2);
            assertThat(List.of(isThere(one), isThere(two), isThere(another), isThere(bobs)))
                    .containsExactly(false, false, true, true);
        }

        private int discard(String subject, Set<Purpose> purposes) {
            return in(unit -> unit.tickets().discard(subject, purposes));
        }
    }

    @Test
    void attemptsAreForgottenByKey() {
        AttemptPolicy once = new AttemptPolicy(1, Duration.ofMinutes(1));
        assertThat(did(unit -> unit.attempts().reserve("mine", once, NOW))).isTrue();
        assertThat(did(unit -> unit.attempts().reserve("other", once, NOW))).isTrue();
        in(unit -> {
            unit.attempts().clear("mine");
            return true;
        });
        assertThat(did(unit -> unit.attempts().reserve("mine", once, NOW))).isTrue();
        assertThat(did(unit -> unit.attempts().reserve("other", once, NOW))).isFalse();
    }

    @Test
    void factorsAreRemovedTogether() {
        String ann = account("ann@example.org");
        in(unit -> {
            unit.factors().offer(ann, "secret", NOW.plusSeconds(60));
            unit.factors().confirm(ann, "secret", 1);
            unit.factors().replaceRecoveryCodes(ann, List.of("a", "b"));
            return true;
        });
        assertThat(did(unit -> unit.factors().remove(ann))).isTrue();
        assertThat(found(unit -> unit.factors().generator(ann))).isEmpty();
        assertThat(did(unit -> unit.factors().useRecoveryCode(ann, "a"))).isFalse();
        assertThat(did(unit -> unit.factors().remove(ann))).isFalse();
    }
}
