// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import dev.gatehouse.json.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {

    private static final Duration MONTH = Duration.ofDays(30);

    private final CountingStore store = new CountingStore(AuthStore.inMemory());
    private final World world = new World(store);

    private KeyCreation create(Secret session, String... scopes) {
        return world.auth.keys().create(session, new KeyRequest("nightly export", Set.of(scopes), MONTH));
    }

    private KeyCreation.Created made(Secret session, String... scopes) {
        return (KeyCreation.Created) create(session, scopes);
    }

    private void isDead(KeyCreation.Created made) {
        assertThat(world.auth.keys().find(made.secret())).isEmpty();
    }

    @Nested
    class ForAnOwner {

        private final String ann = world.ann();
        private final Secret session = world.signIn().session();

        @Test
        void isFoundByItsTextAndActsForTheAccountWithinItsScopes() {
            KeyCreation.Created made = made(session, "orders:read");
            assertThat(world.auth.keys().find(made.secret())).hasValueSatisfying(live -> {
                assertThat(live.account()).isEqualTo(ann);
                assertThat(live.id()).isEqualTo(made.key().id());
                assertThat(live.scopes()).containsExactly("orders:read");
            });
        }

        @Test
        void isListedByItsBeginningAndNeverShownAgain() {
            KeyCreation.Created made = made(session, "orders:read");
            List<ApiKey> keys = world.auth.keys().list(world.session(session));
            assertThat(keys).containsExactly(made.key());
            assertThat(made.secret().reveal()).startsWith(keys.get(0).prefix());
            assertThat(keys.toString() + made).doesNotContain(made.secret().reveal());
        }

        @Test
        void isAuditedAndTheOwnerIsTold() {
            KeyCreation.Created made = made(session, "orders:read");
            AuditEvent created = AuditEvent.success("auth.key.created", Actor.account(ann), ann);
            assertThat(world.audit.events())
                    .contains(created.with("id", made.key().id()));
            assertThat(world.mails).contains(new AuthMail(AuthMail.Kind.API_KEY_CREATED, ANN, null));
        }

        @Test
        void notesItsUseToTheMinute() {
            KeyCreation.Created made = made(session, "orders:read");
            world.auth.keys().find(made.secret());
            world.time.advance(Duration.ofSeconds(59));
            world.auth.keys().find(made.secret());
            assertThat(lastUsed()).isEqualTo(world.time.instant().minusSeconds(59));
            world.time.advance(Duration.ofSeconds(6));
            world.auth.keys().find(made.secret());
            assertThat(lastUsed()).isEqualTo(world.time.instant());
        }

        private @Nullable Instant lastUsed() {
            return world.auth.keys().list(world.session(session)).get(0).lastUsedAt();
        }

        @Test
        void isAskedOfTheStoreOnceInFiveSeconds() {
            KeyCreation.Created made = made(session, "orders:read");
            world.auth.keys().find(made.secret());
            store.calls.clear();
            world.auth.keys().find(made.secret());
            assertThat(store.calls).isEmpty();
            world.time.advance(Duration.ofSeconds(5));
            world.auth.keys().find(made.secret());
            assertThat(store.calls).containsExactly("read", "keys", "find");
        }

        @Test
        void isRefusedWithATypingErrorWithoutAskingTheStore() {
            String text = made(session, "orders:read").secret().reveal();
            store.calls.clear();
            assertThat(world.auth.keys().find(Secret.of(text.substring(0, 51) + (text.endsWith("0") ? "1" : "0"))))
                    .isEmpty();
            assertThat(store.calls).isEmpty();
        }

        @Test
        void diesAtOnceWhenRevokedThoughItWasCached() {
            KeyCreation.Created made = made(session, "orders:read");
            assertThat(world.auth.keys().find(made.secret())).isPresent();
            assertThat(world.auth
                            .keys()
                            .revoke(world.session(session), made.key().id()))
                    .isTrue();
            isDead(made);
            assertThat(world.audit.actions()).contains("auth.key.revoked");
        }

        @Test
        void diesWhenItExpiresThoughItWasCached() {
            KeyCreation.Created made = made(session, "orders:read");
            world.time.advance(MONTH.minusSeconds(1));
            assertThat(world.auth.keys().find(made.secret())).isPresent();
            world.time.advance(Duration.ofSeconds(1));
            isDead(made);
        }

        @Test
        void isListedForAWeekAfterItExpiredAndThenPurged() {
            made(session, "orders:read");
            world.time.advance(MONTH.plusDays(7).minusMillis(1));
            world.auth.purge();
            assertThat(store.<List<ApiKey>>read(unit -> unit.keys().of(ann))).hasSize(1);
            world.time.advance(Duration.ofMillis(1));
            world.auth.purge();
            assertThat(store.<List<ApiKey>>read(unit -> unit.keys().of(ann))).isEmpty();
        }

        @Test
        void diesWithADisabledAccountAndStaysDeadWhenThatIsActiveAgain() {
            KeyCreation.Created made = made(session, "orders:read");
            assertThat(world.auth.keys().find(made.secret())).isPresent();
            var asking = world.session(session);
            world.auth.setStatus(asking, ann, Status.DISABLED);
            isDead(made);
            world.auth.setStatus(asking, ann, Status.ACTIVE);
            isDead(made);
        }

        @Test
        void isRefusedWithEveryRuleThatIsBroken() {
            KeyRequest request = new KeyRequest("\n", Set.of("orders:delete"), Duration.ofDays(367));
            assertThat(world.auth.keys().create(session, request))
                    .isEqualTo(new KeyCreation.Rejected(List.of(
                            new FieldError("name", "must be 1 to 100 printable characters"),
                            new FieldError("scopes", "must be of metrics:read, orders:read, orders:write"),
                            new FieldError("life", "must be 1 hour to 366 days"))));
            assertThat(create(session)).isInstanceOf(KeyCreation.Rejected.class);
        }

        @Test
        void cannotHaveAScopeWhosePermissionTheAccountLacks() {
            assertThat(create(session, "metrics:read"))
                    .isEqualTo(
                            new KeyCreation.Rejected(
                                    List.of(
                                            new FieldError(
                                                    "scopes",
                                                    "must be of orders:read, orders:write: the others need a permission that this account lacks"))));
        }

        @Test
        void isOneOfABoundedNumber() {
            for (int i = 0; i < ApiKeys.MOST; i++) {
                made(session, "orders:read");
            }
            assertThat(create(session, "orders:read")).isInstanceOf(KeyCreation.Rejected.class);
        }

        @Test
        void needsALiveSessionPastTheCacheAndARecentSignIn() {
            assertThat(create(Secret.of("nonsense"), "orders:read")).isInstanceOf(KeyCreation.SignedOut.class);
            world.time.advance(Duration.ofMinutes(10));
            assertThat(create(session, "orders:read")).isInstanceOf(KeyCreation.SignInTooOld.class);
            world.auth.logout(session);
            assertThat(create(session, "orders:read")).isInstanceOf(KeyCreation.SignedOut.class);
        }

        @Test
        void isRevokedByItsOwnerOnly() {
            KeyCreation.Created made = made(session, "orders:read");
            assertThat(world.auth.keys().revoke(world.session(session), "nothing"))
                    .isFalse();
            assertThat(world.auth.keys().find(made.secret())).isPresent();
        }
    }

    @Nested
    class ForAnOperator {

        @Test
        void needsAFactorUsedInTheSession() {
            world.admin("operator");
            assertThat(create(world.signIn().session(), "orders:read")).isInstanceOf(KeyCreation.FactorNeeded.class);
        }

        @Test
        void losesAScopeWithThePermissionThatItDemands() {
            String operator = world.admin("operator");
            Secret session = world.enrol().session();
            KeyCreation.Created made = made(session, "metrics:read", "orders:read");
            assertThat(world.auth.keys().find(made.secret()).map(LiveKey::scopes))
                    .contains(Set.of("metrics:read", "orders:read"));
            world.auth.setRoles(world.boss(), operator, Set.of("customer"));
            assertThat(world.auth.keys().find(made.secret()).map(LiveKey::scopes))
                    .contains(Set.of("orders:read"));
        }

        @Test
        void losesAPrivilegeWithTheFactorThatItWasMadeWith() {
            world.admin("operator");
            World.Enrolled enrolled = world.enrol();
            KeyCreation.Created made = made(enrolled.session(), "metrics:read", "orders:read");
            assertThat(world.auth.keys().find(made.secret())).isPresent();

            world.nextStep();
            assertThat(world.auth.factors().removeTotp(enrolled.session(), world.code(enrolled.secret())))
                    .isInstanceOf(FactorChange.Done.class);

            assertThat(world.auth.keys().find(made.secret()).map(LiveKey::scopes))
                    .contains(Set.of("orders:read"));
        }

        @Test
        void gainsNoPrivilegeFromAKeyMadeWithoutAFactor() {
            String ann = world.ann();
            Secret session = world.signIn().session();
            KeyCreation.Created made = made(session, "orders:read");
            world.auth.setRoles(world.session(session), ann, Set.of("operator"));
            assertThat(world.auth.keys().find(made.secret()).map(LiveKey::permissions))
                    .contains(Set.of());
        }
    }

    @Test
    void scopesAreRefusedWhenTheyAreNoNamesOrDeclaredTwice() {
        assertThatThrownBy(() -> Scopes.of("Orders"))
                .hasMessage("auth.scopes: scope was 'Orders' but must be 1 to 40 of a-z, 0-9, :._-, a letter first");
        assertThatThrownBy(() -> Scopes.of("a:read", "a:read"))
                .hasMessage("auth.scopes: scope 'a:read' is declared twice");
    }
}
