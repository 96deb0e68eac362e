// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SessionTest {

    private final CountingStore store = new CountingStore(AuthStore.inMemory());
    private final World world = new World(store);

    @Nested
    class Ends {

        @Test
        void whenUnusedForHalfAnHour() {
            world.ann();
            Secret token = world.signIn().session();
            world.time.advance(Duration.ofMinutes(30).minusMillis(1));
            assertThat(world.auth.session(token)).isPresent();
            world.time.advance(Duration.ofMinutes(30));
            assertThat(world.auth.session(token)).isEmpty();
        }

        @Test
        void afterTwelveHoursHoweverMuchItIsUsed() {
            world.ann();
            Secret token = world.signIn().session();
            for (int i = 0; i < 36; i++) {
                assertThat(world.auth.session(token))
                        .as("after " + 20 * i + " minutes")
                        .isPresent();
                world.time.advance(Duration.ofMinutes(20));
            }
            assertThat(world.auth.session(token)).isEmpty();
        }

        @Test
        void afterItsTimeInAllThoughThatIsShorterThanTheTimeUnused() {
            World brief = new World(store, builder -> builder.sessionAbsolute(Duration.ofSeconds(10)));
            brief.ann();
            Secret token = brief.signIn().session();
            brief.time.advance(Duration.ofMillis(9_999));
            assertThat(brief.auth.session(token)).isPresent();
            brief.time.advance(Duration.ofMillis(1));
            assertThat(brief.auth.session(token)).isEmpty();
        }

        @Test
        void atOnceWhenSignedOutThoughItWasCached() {
            world.ann();
            Secret token = world.signIn().session();
            assertThat(world.auth.session(token)).isPresent();
            world.auth.logout(token);
            assertThat(world.auth.session(token)).isEmpty();
            assertThat(world.audit.actions()).endsWith("auth.logout");
        }

        @Test
        void atOnceWhenItsAccountIsDisabledAndStaysDeadWhenEnabledAgain() {
            String ann = world.ann();
            Secret token = world.signIn().session();
            Session session = world.session(token);
            world.auth.setStatus(session, ann, Status.DISABLED);
            assertThat(world.auth.session(token)).isEmpty();
            world.auth.setStatus(session, ann, Status.ACTIVE);
            assertThat(world.auth.session(token)).isEmpty();
        }

        @Test
        void withinFiveSecondsWhenSignedOutOnAnotherInstance() {
            world.ann();
            Secret token = world.signIn().session();
            World other = new World(store);
            other.time.advance(Duration.between(other.time.instant(), world.time.instant()));
            assertThat(other.auth.session(token)).isPresent();
            world.auth.logout(token);
            other.time.advance(Duration.ofSeconds(5));
            assertThat(other.auth.session(token)).isEmpty();
        }
    }

    @Test
    void isLookedUpOnceInFiveSecondsAndItsUseNotedOnceAMinute() {
        world.ann();
        Secret token = world.signIn().session();
        store.calls.clear();
        for (int i = 0; i < 600; i++) {
            assertThat(world.auth.session(token)).isPresent();
            world.time.advance(Duration.ofMillis(100));
        }
        assertThat(store.calls.stream().filter("find"::equals)).hasSize(12);
        world.auth.session(token);
        assertThat(store.calls.stream().filter("touch"::equals)).hasSize(1);
    }

    @Test
    void neverKeepsUnknownTokensInTheCache() {
        world.ann();
        store.calls.clear();
        Secret unknown = Secret.of("u".repeat(43));
        world.auth.session(unknown);
        world.auth.session(unknown);
        assertThat(store.calls.stream().filter("find"::equals)).hasSize(2);
        world.auth.session(Secret.of("not shaped like a token"));
        assertThat(store.calls.stream().filter("find"::equals)).hasSize(2);
    }

    @Test
    void followsItsAccountsRolesAtOnce() {
        String ann = world.admin("customer");
        Secret token = world.signIn().session();
        assertThat(world.session(token).permissions()).containsExactly("buy");
        world.auth.setRoles(world.session(token), ann, Set.of());
        assertThat(world.session(token).permissions()).isEmpty();
    }

    @Test
    void withholdsPrivilegesUntilAFactorWasUsed() {
        world.admin("customer", "operator");
        Session before = world.session(world.signIn().session());
        assertThat(before.permissions()).containsExactly("buy");
        assertThat(before.withheld()).containsExactly("operate");
        Session after = world.session(world.enrol().session());
        assertThat(after.permissions()).containsExactlyInAnyOrder("buy", "operate");
        assertThat(after.withheld()).isEmpty();
    }

    @Test
    void isListedAndRevokedByItsOwnerOnly() {
        world.ann();
        Secret mine = world.signIn().session();
        Secret other = ((Login.SignedIn)
                        world.auth.login(LoginAttempt.of(World.ANN, RIGHT).client("x".repeat(500))))
                .session();
        Session me = world.session(mine);
        List<SessionSummary> all = world.auth.sessions(me);
        assertThat(all).hasSize(2).filteredOn(SessionSummary::current).hasSize(1);
        assertThat(all)
                .filteredOn(line -> !line.current())
                .allSatisfy(line -> assertThat(line.client()).hasSize(200));
        Session stranger = new Session(
                "s",
                "somebody",
                "s@example.org",
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                me.signedInAt(),
                me.expiresAt(),
                null);
        assertThat(world.auth.revoke(stranger, world.session(other).id())).isFalse();
        assertThat(world.auth.revoke(me, world.session(other).id())).isTrue();
        assertThat(world.auth.session(other)).isEmpty();
        Secret third = world.signIn().session();
        world.auth.revokeOthers(me);
        assertThat(world.auth.session(third)).isEmpty();
        assertThat(world.auth.session(mine)).isPresent();
    }

    @Test
    void isNoSessionWhenTheStoreIsDown() {
        world.ann();
        Secret token = world.signIn().session();
        store.down = true;
        assertThatThrownBy(() -> world.auth.session(token)).isInstanceOf(AuthStoreException.class);
        assertThatThrownBy(() -> world.login(RIGHT)).isInstanceOf(AuthStoreException.class);
        store.down = false;
        assertThat(world.auth.session(token)).isPresent();
    }

    @Test
    void isNeverOneThatAnAttackerPlanted() {
        world.ann();
        Secret planted = world.signIn().session();
        Secret invented = Secret.of("i".repeat(43));
        for (Secret brought : List.of(planted, invented)) {
            Login.SignedIn victim = (Login.SignedIn)
                    world.auth.login(LoginAttempt.of(World.ANN, RIGHT).replacing(brought));
            assertThat(victim.session()).isNotEqualTo(brought);
            assertThat(world.auth.session(brought)).isEmpty();
            assertThat(world.auth.session(victim.session())).isPresent();
        }
        assertThat(world.auth.whyEnded(planted)).contains(EndReason.REPLACED);
        assertThat(world.auth.whyEnded(invented)).isEmpty();
    }

    @Test
    void isNeverOneFromBeforeAFactorWasUsed() {
        world.ann();
        World.Enrolled enrolled = world.enrol();
        assertThat(world.auth.session(enrolled.before())).isEmpty();
        assertThat(world.session(enrolled.session()).factorUsed()).isTrue();
    }

    @Test
    void isPurgedWhenOver() {
        world.ann();
        world.signIn();
        world.auth.purge();
        assertThat(world.auth.purge()).isZero();
        world.time.advance(Duration.ofMinutes(30));
        assertThat(world.auth.purge()).as("login and mail budgets").isEqualTo(2);
        world.time.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(world.auth.purge()).isZero();
        world.time.advance(Duration.ofMillis(1));
        assertThat(world.auth.purge()).as("the session and why it ended").isEqualTo(1);
    }
}
