// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RefreshTest {

    private final World world = new World();
    private SessionTokens first = new SessionTokens(Secret.of(""), Secret.of(""));

    @BeforeEach
    void signIn() {
        world.ann();
        first = world.signIn().tokens();
    }

    private Refresh refresh(SessionTokens tokens) {
        return world.auth.refresh(tokens.refresh());
    }

    private SessionTokens refreshed(SessionTokens tokens) {
        return ((Refresh.Refreshed) refresh(tokens)).tokens();
    }

    private boolean isLive(SessionTokens tokens) {
        return world.auth.session(tokens.session()).isPresent();
    }

    @Test
    void givesTheSameSessionNewTokensAndTheOldOneIsDeadAtOnce() {
        Session before = world.session(first.session());
        SessionTokens second = refreshed(first);
        assertThat(isLive(first)).isFalse();
        assertThat(world.session(second.session()).id()).isEqualTo(before.id());
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(world.audit.actions()).endsWith("auth.session.refreshed");
    }

    @Test
    void goesOnForAsLongAsTheSessionDoes() {
        SessionTokens now = first;
        for (int i = 0; i < 100; i++) {
            now = refreshed(now);
            assertThat(isLive(now)).isTrue();
            world.time.advance(Duration.ofMinutes(1));
        }
    }

    @Nested
    class TheGenerationBefore {

        @Test
        void getsTheSameSuccessorForTenSeconds() {
            SessionTokens second = refreshed(first);
            world.time.advance(Duration.ofSeconds(10).minusMillis(1));
            assertThat(refreshed(first)).isEqualTo(second);
            assertThat(refreshed(first)).isEqualTo(second);
            assertThat(isLive(second)).isTrue();
        }

        @Test
        void getsItFromAnInstanceThatWasStartedSince() {
            SessionTokens second = refreshed(first);
            World restarted = new World(world.store);
            restarted.time.advance(Duration.between(restarted.time.instant(), world.time.instant()));
            assertThat(restarted.auth.refresh(first.refresh()))
                    .isInstanceOfSatisfying(
                            Refresh.Refreshed.class,
                            again -> assertThat(again.tokens()).isEqualTo(second));
        }

        @Test
        void endsTheSessionAfterThatHoweverOftenItWasPresentedBefore() {
            SessionTokens second = refreshed(first);
            world.time.advance(Duration.ofSeconds(9));
            refreshed(first);
            world.time.advance(Duration.ofSeconds(1));
            assertThat(refresh(first)).isInstanceOf(Refresh.Reused.class);
            assertThat(world.audit.actions()).endsWith("auth.session.refresh-reused");
            assertThat(isLive(second)).isFalse();
            assertThat(refresh(second)).isEqualTo(new Refresh.Ended(EndReason.REFRESH_REUSED));
            assertThat(refresh(first)).isEqualTo(new Refresh.Ended(EndReason.REFRESH_REUSED));
            assertThat(world.auth.whyEnded(second.session())).contains(EndReason.REFRESH_REUSED);
        }
    }

    @Test
    void anOlderGenerationEndsTheSessionEvenWithinTheGrace() {
        SessionTokens third = refreshed(refreshed(first));
        assertThat(refresh(first)).isInstanceOf(Refresh.Reused.class);
        assertThat(isLive(third)).isFalse();
    }

    @Test
    void twoTabsWithOneCookieBothGoOn() {
        SessionTokens one = refreshed(first);
        SessionTokens two = refreshed(first);
        assertThat(one).isEqualTo(two);
        world.time.advance(Duration.ofMinutes(5));
        assertThat(refreshed(one)).isEqualTo(refreshed(two));
    }

    @Test
    void aThiefWhoWasFirstIsFoundOutWhenTheOwnerComesBack() {
        SessionTokens stolen = refreshed(first);
        world.time.advance(Duration.ofMinutes(1));
        SessionTokens branch = refreshed(stolen);
        assertThat(refresh(first)).isInstanceOf(Refresh.Reused.class);
        assertThat(isLive(branch)).isFalse();
        assertThat(refresh(branch)).isInstanceOf(Refresh.Ended.class);
    }

    @Test
    void aTokenFromBeforeAChangeOfPrivilegesIsWorthNothingAndHarmsNobody() {
        World.Enrolled enrolled = world.enrol();
        SessionTokens before = world.signInWithFactor(enrolled).tokens();
        Session session = world.session(before.session());
        SessionTokens after = world.rotated(session, before);
        assertThat(refresh(before)).isInstanceOf(Refresh.Unknown.class);
        assertThat(isLive(before)).isFalse();
        assertThat(isLive(after)).isTrue();
        assertThat(isLive(refreshed(after))).isTrue();
    }

    @Nested
    class NeverRevives {

        private void isOver(EndReason reason) {
            assertThat(refresh(first)).isEqualTo(new Refresh.Ended(reason));
            assertThat(isLive(first)).isFalse();
            assertThat(world.auth.whyEnded(first.session())).contains(reason);
        }

        @Test
        void anIdleSession() {
            world.time.advance(Duration.ofMinutes(30));
            isOver(EndReason.IDLE);
            world.time.advance(Duration.ofHours(12));
            isOver(EndReason.IDLE);
            world.auth.purge();
            isOver(EndReason.IDLE);
        }

        @Test
        void aSessionPastItsEnd() {
            Instant end = world.time.instant().plus(Duration.ofHours(12));
            while (world.time.instant().plus(Duration.ofMinutes(20)).isBefore(end)) {
                world.time.advance(Duration.ofMinutes(20));
                first = refreshed(first);
            }
            world.time.advance(Duration.between(world.time.instant(), end).minusMillis(1));
            assertThat(isLive(first)).isTrue();
            world.time.advance(Duration.ofMillis(1));
            isOver(EndReason.ABSOLUTE);
        }

        @Test
        void aSessionThatWasSignedOut() {
            world.auth.logout(first.session());
            isOver(EndReason.LOGOUT);
        }

        @Test
        void aSessionThatWasRevoked() {
            Session other = world.session(world.signIn().session());
            world.auth.revokeOthers(other);
            isOver(EndReason.REVOKED);
        }

        @Test
        void aDisabledAccountsSession() {
            Session ann = world.session(first.session());
            world.auth.setStatus(ann, ann.account(), Status.DISABLED);
            isOver(EndReason.ACCOUNT_DISABLED);
            world.auth.setStatus(ann, ann.account(), Status.ACTIVE);
            isOver(EndReason.ACCOUNT_DISABLED);
        }

        @Test
        void aSessionWhoseReasonIsForgotten() {
            world.auth.logout(first.session());
            world.time.advance(Duration.ofDays(7));
            world.auth.purge();
            assertThat(refresh(first)).isInstanceOf(Refresh.Unknown.class);
            assertThat(world.auth.whyEnded(first.session())).isEmpty();
        }
    }

    @Test
    void countsAsAUseAndLeavesTheEndWhereItWas() {
        world.time.advance(Duration.ofMinutes(29));
        SessionTokens second = refreshed(first);
        world.time.advance(Duration.ofMinutes(29));
        assertThat(isLive(second)).isTrue();
        assertThat(world.session(second.session()).signedInAt())
                .isEqualTo(world.time.instant().minus(Duration.ofMinutes(58)));
    }

    @Nested
    class Forgeries {

        @Test
        void areUnknownAndEndNothing() {
            String text = first.refresh().reveal();
            String id = text.substring(0, 32);
            String mac = text.substring(text.length() - 43);
            SessionTokens other = world.signIn().tokens();
            String otherMac = other.refresh().reveal().substring(35);
            for (String forged : new String[] {
                id + ".1." + mac,
                id + ".00." + mac,
                id + ".-1." + mac,
                id + ".999999999999999999." + mac,
                id + ".9999999999999999999." + mac,
                id + ".0." + otherMac,
                id + ".0." + mac + "=",
                id.toUpperCase(Locale.ROOT) + ".0." + mac,
                "0".repeat(32) + ".0." + mac,
                first.session().reveal(),
                text + " ",
                ""
            }) {
                assertThat(world.auth.refresh(Secret.of(forged))).as(forged).isInstanceOf(Refresh.Unknown.class);
            }
            assertThat(isLive(first)).isTrue();
            assertThat(isLive(other)).isTrue();
        }

        @Test
        void withOneCharacterChangedAreUnknown() {
            String text = first.refresh().reveal();
            for (int i = 0; i < text.length() - 1; i++) {
                char other = text.charAt(i) == '1' ? '2' : '1';
                Secret forged = Secret.of(text.substring(0, i) + other + text.substring(i + 1));
                assertThat(world.auth.refresh(forged)).as("at " + i).isInstanceOf(Refresh.Unknown.class);
            }
            assertThat(isLive(first)).isTrue();
        }

        @Test
        void ofSomebodyWhoHasTheDatabaseButNotTheKeyAreUnknown() {
            World thief =
                    new World(world.store, builder -> builder.secret(Secret.of("another root secret of 32 bytes!")));
            thief.time.advance(Duration.between(thief.time.instant(), world.time.instant()));
            SessionTokens made = thief.mint(world.session(first.session()).id());
            assertThat(refresh(made)).isInstanceOf(Refresh.Unknown.class);
            assertThat(isLive(made)).isFalse();
        }
    }

    @Test
    void countsWhatBecameOfEach() {
        refreshed(first);
        refreshed(first);
        world.auth.refresh(Secret.of("x"));
        world.time.advance(Duration.ofSeconds(10));
        refresh(first);
        refresh(first);
        for (String outcome : new String[] {"rotated", "repeated", "reused", "ended", "unknown"}) {
            assertThat(world.meters
                            .get("gatehouse.auth.session.refreshes")
                            .tag("outcome", outcome)
                            .counter()
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
    }
}
