// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.End;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Lineage;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do with sessions. */
abstract class SessionStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final End OUT = new End(NOW, EndReason.LOGOUT);
    private static final End REVOKED = new End(NOW.plusSeconds(1), EndReason.REVOKED);

    private final Tokens tokens = new Tokens(new SecureRandom());
    private AuthStore store = AuthStore.inMemory();

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        store = fresh();
    }

    private <T> T in(Function<SessionStore, T> work) {
        return store.transact(unit -> work.apply(unit.sessions()));
    }

    private boolean did(Predicate<SessionStore> work) {
        return in(work::test);
    }

    private int number(ToIntFunction<SessionStore> work) {
        return in(work::applyAsInt);
    }

    private List<SessionRow> listed(String account) {
        return in(sessions -> sessions.of(account));
    }

    private Optional<SessionRow> byId(String id) {
        return in(sessions -> sessions.byId(id)).map(SessionStore.Found::row);
    }

    private Optional<SessionRow> found(TokenHash hash) {
        return in(sessions -> sessions.find(hash)).map(SessionStore.Found::row);
    }

    private SessionRow stored(String email) {
        Account account = new Account(tokens.id(), email, Status.ACTIVE, Set.of("b", "a"), NOW);
        return store.transact(unit -> {
            assertThat(unit.accounts().create(account, email, "stored-hash")).isTrue();
            SessionRow row = row(account.id());
            unit.sessions().create(row);
            return row;
        });
    }

    private SessionRow another(SessionRow row) {
        return in(sessions -> {
            SessionRow other = row(row.account());
            sessions.create(other);
            return other;
        });
    }

    private SessionRow row(String account) {
        return new SessionRow(
                tokens.issue().hash(),
                tokens.id(),
                account,
                0,
                NOW,
                NOW,
                NOW.plusSeconds(60),
                null,
                "test",
                "actor",
                Lineage.of(tokens.issue().token()),
                null);
    }

    private SessionRow next(SessionRow row) {
        Instant now = NOW.plusSeconds(5);
        return row.rotated(tokens.issue().hash(), row.lineage().next(now), null).seen(now);
    }

    @Test
    void notesThatThePasswordWasGivenAgainInOneSession() {
        SessionRow row = stored("ann@example.org");
        SessionRow other = another(row);
        Instant later = NOW.plusSeconds(90);
        in(sessions -> {
            sessions.reauthenticated(row.id(), later);
            return true;
        });
        assertThat(found(row.hash())).contains(row.signedIn(later));
        assertThat(found(other.hash())).contains(other);
    }

    @Test
    void areFoundByTokenAndByIdWithTheirAccount() {
        SessionRow row = stored("ann@example.org");
        Account ann = store.read(unit -> unit.accounts().find(row.account())).orElseThrow();
        assertThat(store.read(unit -> unit.sessions().find(row.hash())).orElseThrow())
                .isEqualTo(new SessionStore.Found(row, ann, false));
        assertThat(byId(row.id())).contains(row);
        assertThat(found(tokens.issue().hash())).isEmpty();
        assertThat(byId(tokens.id())).isEmpty();
    }

    @Test
    void rememberTheLatestUseOnly() {
        SessionRow row = stored("ann@example.org");
        in(sessions -> {
            sessions.touch(row.hash(), NOW.plusSeconds(9));
            sessions.touch(row.hash(), NOW.plusSeconds(5));
            return true;
        });
        assertThat(found(row.hash())).contains(row.seen(NOW.plusSeconds(9)));
    }

    @Test
    void dieUnderTheirOldTokenWhenRotatedAndKeepWhatIsNotChanged() {
        SessionRow row = stored("ann@example.org");
        TokenHash next = tokens.issue().hash();
        Lineage fresh = Lineage.of(tokens.issue().token());
        assertThat(did(sessions -> sessions.rotate(row.hash(), next, fresh, NOW)))
                .isTrue();
        assertThat(found(row.hash())).isEmpty();
        assertThat(found(next)).contains(row.rotated(next, fresh, NOW));
        assertThat(did(sessions -> sessions.rotate(next, row.hash(), fresh, null)))
                .isTrue();
        assertThat(found(row.hash())).contains(row.rotated(row.hash(), fresh, NOW));
    }

    @Test
    void areRotatedByOneOfManyOnly() {
        SessionRow row = stored("ann@example.org");
        assertThat(Race.winners(
                        16,
                        () -> in(sessions ->
                                sessions.rotate(row.hash(), tokens.issue().hash(), row.lineage(), NOW))))
                .isEqualTo(1);
    }

    @Test
    void areRefreshedByOneOfManyOnly() {
        SessionRow row = stored("ann@example.org");
        assertThat(Race.winners(16, () -> in(sessions -> sessions.refresh(row, next(row)))))
                .isEqualTo(1);
        SessionRow now = byId(row.id()).orElseThrow();
        assertThat(now.lineage()).isEqualTo(row.lineage().next(NOW.plusSeconds(5)));
        assertThat(now.lastSeenAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(found(row.hash())).isEmpty();
        assertThat(found(now.hash())).contains(now);
    }

    @Test
    void areNotRefreshedWhenOverOrOfAnotherLineage() {
        SessionRow ended = stored("ann@example.org");
        in(sessions -> sessions.end(ended.hash(), OUT));
        assertThat(did(sessions -> sessions.refresh(ended, next(ended)))).isFalse();
        SessionRow row = another(ended);
        in(sessions -> sessions.rotate(
                row.hash(), row.hash(), Lineage.of(tokens.issue().token()), null));
        assertThat(did(sessions -> sessions.refresh(row, next(row)))).isFalse();
    }

    @Test
    void endByTokenByIdAndAllButOneAndTheFirstReasonStays() {
        SessionRow one = stored("ann@example.org");
        SessionRow two = another(one);
        SessionRow three = another(one);
        SessionRow foreign = stored("bob@example.org");
        assertThat(did(sessions -> sessions.end(one.hash(), OUT))).isTrue();
        assertThat(did(sessions -> sessions.end(one.hash(), REVOKED))).isFalse();
        assertThat(did(sessions -> sessions.end(one.account(), foreign.id(), OUT)))
                .isFalse();
        assertThat(number(sessions -> sessions.endAll(one.account(), two.id(), REVOKED)))
                .isEqualTo(1);
        assertThat(listed(one.account())).containsExactly(two);
        assertThat(did(sessions -> sessions.end(two.account(), two.id(), REVOKED)))
                .isTrue();
        assertThat(found(one.hash())).contains(one.ended(OUT));
        assertThat(found(two.hash())).contains(two.ended(REVOKED));
        assertThat(found(three.hash())).contains(three.ended(REVOKED));
        assertThat(found(foreign.hash())).contains(foreign);
    }

    @Test
    void areNeitherRotatedNorCarriedOnceOver() {
        SessionRow row = stored("ann@example.org");
        in(sessions -> sessions.end(row.hash(), OUT));
        assertThat(did(sessions -> sessions.rotate(row.hash(), tokens.issue().hash(), row.lineage(), NOW)))
                .isFalse();
        carry(row, 1);
        assertThat(found(row.hash())).contains(row.ended(OUT));
    }

    @Test
    void areCarriedIntoTheNextEpochFromTheOneBeforeOnly() {
        SessionRow row = stored("ann@example.org");
        carry(row, 2);
        assertThat(found(row.hash())).contains(row);
        carry(row, 1);
        assertThat(found(row.hash())).contains(row.carried(1));
    }

    private void carry(SessionRow row, long epoch) {
        in(sessions -> {
            sessions.carry(row.account(), epoch);
            return true;
        });
    }

    @Test
    void expireWhenUnusedWithWhatCameFirst() {
        SessionRow idle = stored("ann@example.org");
        SessionRow old = another(idle);
        SessionRow used = another(idle);
        SessionRow out = another(idle);
        in(sessions -> {
            sessions.touch(old.hash(), NOW.plusSeconds(41));
            sessions.touch(used.hash(), NOW.plusSeconds(42));
            return sessions.end(out.hash(), OUT);
        });
        Duration unused = Duration.ofSeconds(20);
        assertThat(number(sessions -> sessions.expire(NOW.plusSeconds(19), unused)))
                .isZero();
        assertThat(number(sessions -> sessions.expire(NOW.plusSeconds(61), unused)))
                .isEqualTo(2);
        assertThat(found(idle.hash())).contains(idle.ended(new End(NOW.plusSeconds(20), EndReason.IDLE)));
        assertThat(found(old.hash()))
                .contains(old.seen(NOW.plusSeconds(41)).ended(new End(NOW.plusSeconds(60), EndReason.ABSOLUTE)));
        assertThat(listed(idle.account())).extracting(SessionRow::id).containsExactly(used.id());
        assertThat(found(out.hash())).contains(out.ended(OUT));
    }

    @Test
    void arePurgedWhenEndedOverOrIdleForLongEnough() {
        SessionRow row = stored("ann@example.org");
        Instant before = NOW.minusSeconds(1);
        assertThat(purged(NOW.plusSeconds(59), before)).isZero();
        assertThat(purged(NOW.plusSeconds(60), before)).isEqualTo(1);
        SessionRow idle = another(row);
        assertThat(purged(before, NOW)).isEqualTo(1);
        assertThat(found(idle.hash())).isEmpty();
        SessionRow ended = another(row);
        in(sessions -> sessions.end(ended.hash(), OUT));
        assertThat(purged(before, before)).isZero();
        assertThat(purged(NOW, before)).isEqualTo(1);
    }

    private int purged(Instant endedBy, Instant seenBy) {
        return in(sessions -> sessions.purge(endedBy, seenBy));
    }

    @Test
    void areListedTheLatestUsedFirst() {
        SessionRow one = stored("ann@example.org");
        SessionRow two = another(one);
        in(sessions -> {
            sessions.touch(one.hash(), NOW.plusSeconds(1));
            return true;
        });
        assertThat(listed(one.account())).extracting(SessionRow::id).containsExactly(one.id(), two.id());
    }
}
