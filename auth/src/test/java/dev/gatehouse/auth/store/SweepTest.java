// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.End;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Lineage;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.testing.TestDatabases;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sweeping passes over the rows that a transaction holds: it waits for nobody, so that nobody waits for it either. */
final class SweepTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));

    private final Tokens tokens = new Tokens(new SecureRandom());

    private static Stream<DataSource> databases() {
        return Stream.of(Databases.migrated(TestDatabases.h2()), Databases.migrated(TestDatabases.postgresql()));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void ofSessionsPassesOverOneThatIsHeld(DataSource source) {
        AuthStore store = Databases.emptied(source);
        Account account = new Account(tokens.id(), "ann@example.org", Status.ACTIVE, Set.of(), NOW);
        SessionRow held = row(account);
        store.transact(unit -> {
            unit.accounts().create(account, account.email(), "stored-hash");
            unit.sessions().create(row(account));
            unit.sessions().create(held);
            return true;
        });
        int expired = store.transact(unit -> {
            unit.sessions().end(held.hash(), new End(NOW, EndReason.LOGOUT));
            return beside(store, other -> other.sessions().expire(LATER, Duration.ofMinutes(30)));
        });
        int purged = store.transact(unit -> {
            unit.sessions().touch(held.hash(), NOW.plusSeconds(1));
            return beside(store, other -> other.sessions().purge(LATER, LATER));
        });
        assertThat(expired).isEqualTo(1);
        assertThat(purged).isEqualTo(1);
    }

    private SessionRow row(Account account) {
        Lineage lineage = Lineage.of(tokens.issue().token());
        Instant end = NOW.plus(Duration.ofHours(12));
        return new SessionRow(
                tokens.issue().hash(), tokens.id(), account.id(), 0, NOW, NOW, end, null, "", null, lineage, null);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void ofTicketsPassesOverOneThatIsHeld(DataSource source) {
        AuthStore store = Databases.emptied(source);
        Ticket held = ticket();
        store.transact(unit -> {
            unit.tickets().issue(ticket());
            unit.tickets().issue(held);
            return true;
        });
        int purged = store.transact(unit -> {
            unit.tickets().consume(held.hash(), held.purpose(), NOW);
            return beside(store, other -> other.tickets().purge(LATER));
        });
        assertThat(purged).isEqualTo(1);
    }

    private Ticket ticket() {
        return new Ticket(tokens.issue().hash(), Purpose.UNLOCK, "ann", "ann@example.org", "", 0, NOW.plusSeconds(60));
    }

    /** What {@code sweep} gives on another thread, while the caller's transaction is open. */
    private static int beside(AuthStore store, ToIntFunction<AuthUnit> sweep) {
        return CompletableFuture.supplyAsync(() -> store.<Integer>read(sweep::applyAsInt))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
