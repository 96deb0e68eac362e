// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;
import dev.gatehouse.context.Caller;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.testing.FakeExchange;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ImpersonationTest {

    private static final String CLEO = "cleo@example.org";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final World world = new World();
    private String sam = "";
    private String cleo = "";
    private Secret own = Secret.of("");

    /** Ann's address is that of Sam, who supports customers; Cleo is a customer. */
    @BeforeEach
    void open() {
        sam = world.admin("support");
        world.auth.createAdministrator(CLEO, RIGHT, Set.of("customer"));
        cleo = world.auth.account(CLEO).orElseThrow().id();
        own = world.enrol().session();
    }

    private ImpersonationStart begin(String account) {
        return world.auth.impersonation().begin(own, new ImpersonationRequest(account, "ticket 4711", HALF_AN_HOUR));
    }

    private Secret acting() {
        return ((ImpersonationStart.Begun) begin(cleo)).session();
    }

    private void isOver(Secret acting) {
        assertThat(world.auth.session(acting)).isEmpty();
    }

    @Nested
    class Begins {

        @Test
        void inASessionOfItsOwnThatSaysWhoActs() {
            Session session = world.session(acting());
            assertThat(session.account()).isEqualTo(cleo);
            assertThat(session.permissions()).containsExactly("buy");
            assertThat(session.impersonator()).satisfies(by -> {
                assertThat(by.account()).isEqualTo(sam);
                assertThat(by.email()).isEqualTo(ANN);
            });
        }

        @Test
        void withAnEventThatNamesSubjectActorAndReason() {
            acting();
            AuditEvent event = world.audit.events().stream()
                    .filter(each -> each.action().equals("auth.impersonation.began"))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.actor()).isEqualTo(Actor.account(sam));
            assertThat(event.subject()).contains(cleo);
            assertThat(event.details()).containsEntry("reason", "ticket 4711").containsKey("until");
        }

        @Test
        void onlyWithThePermissionAndAFactorUsedInTheSession() {
            Secret customer = ((Login.SignedIn) world.auth.login(LoginAttempt.of(CLEO, RIGHT))).session();
            ImpersonationRequest wish = new ImpersonationRequest(sam, "curious", HALF_AN_HOUR);
            assertThat(world.auth.impersonation().begin(customer, wish))
                    .isInstanceOf(ImpersonationStart.Forbidden.class);
            world.auth.setRoles(world.session(own), cleo, Set.of("support"));
            assertThat(world.auth.impersonation().begin(customer, wish))
                    .isInstanceOf(ImpersonationStart.FactorNeeded.class);
            assertThat(world.auth.impersonation().begin(Secret.of("nonsense"), wish))
                    .isInstanceOf(ImpersonationStart.SignedOut.class);
        }

        @Test
        void onlySoonAfterTheSignIn() {
            world.time.advance(Duration.ofMinutes(10));
            assertThat(begin(cleo)).isInstanceOf(ImpersonationStart.SignInTooOld.class);
        }

        @Test
        void neverAsSomebodyWithAPrivilegedRoleThatTheActorLacksNorAsOneself() {
            world.auth.setRoles(world.session(own), cleo, Set.of("customer", "admin"));
            assertThat(begin(cleo)).isInstanceOf(ImpersonationStart.Forbidden.class);
            assertThat(begin(sam)).isInstanceOf(ImpersonationStart.Forbidden.class);
            assertThat(world.audit.actions()).contains("auth.impersonation.denied");
        }

        @Test
        void neverFromASessionInWhichSomebodyActsAlready() {
            world.auth.setRoles(world.session(own), cleo, Set.of("customer", "support"));
            Secret acting = acting();
            ImpersonationRequest further = new ImpersonationRequest(sam, "further", HALF_AN_HOUR);
            assertThat(world.auth.impersonation().begin(acting, further))
                    .isInstanceOf(ImpersonationStart.Forbidden.class);
        }

        @Test
        void neverAsADisabledOrUnknownAccount() {
            world.auth.setStatus(world.session(own), cleo, Status.DISABLED);
            assertThat(begin(cleo)).isInstanceOf(ImpersonationStart.NoSuchAccount.class);
            assertThat(begin("x".repeat(500))).isInstanceOf(ImpersonationStart.NoSuchAccount.class);
        }

        @Test
        void onlyForAReasonThatEveryDatabaseTakes() {
            ImpersonationRequest wish = new ImpersonationRequest(cleo, "a\0b", Duration.ofMinutes(5));
            assertThat(world.auth.impersonation().begin(own, wish)).isInstanceOf(ImpersonationStart.Rejected.class);
        }

        @Test
        void onlyForAReasonAndAnHourAtMost() {
            ImpersonationRequest wish = new ImpersonationRequest(cleo, " ", Duration.ofMinutes(61));
            assertThat(world.auth.impersonation().begin(own, wish))
                    .isInstanceOfSatisfying(
                            ImpersonationStart.Rejected.class,
                            rejected -> assertThat(rejected.errors()).hasSize(2));
        }

        @Test
        void forNobodyUnlessAPermissionIsNamed() {
            World plain = new World(world.store, builder -> builder.impersonation(""));
            ImpersonationRequest wish = new ImpersonationRequest(cleo, "ticket", HALF_AN_HOUR);
            assertThat(plain.auth.impersonation().begin(own, wish)).isInstanceOf(ImpersonationStart.Forbidden.class);
        }
    }

    @Nested
    class Ends {

        @Test
        void whenItsTimeIsOver() {
            Secret acting = acting();
            for (int minute = 0; minute < 29; minute++) {
                world.time.advance(Duration.ofMinutes(1));
                assertThat(world.auth.session(acting)).isPresent();
            }
            world.time.advance(Duration.ofMinutes(1));
            isOver(acting);
        }

        @Test
        void whenItIsEndedWithAnEventThatNamesBoth() {
            Secret acting = acting();
            assertThat(world.auth.impersonation().end(own)).isFalse();
            assertThat(world.auth.impersonation().end(acting)).isTrue();
            assertThat(world.auth.impersonation().end(acting)).isFalse();
            isOver(acting);
            assertThat(world.audit.events())
                    .contains(AuditEvent.success("auth.impersonation.ended", Actor.account(sam), cleo));
        }

        @Test
        void atOnceWithTheActorsOwnSession() {
            Secret acting = acting();
            assertThat(world.auth.session(acting)).isPresent();
            world.auth.logout(own);
            isOver(acting);
        }

        @Test
        void atOnceWhenTheActorIsDisabledOrLosesThePermission() {
            Secret acting = acting();
            world.auth.setRoles(world.boss(), sam, Set.of("customer"));
            isOver(acting);
            world.auth.setRoles(world.boss(), sam, Set.of("support"));
            assertThat(world.auth.session(acting)).isPresent();
            world.auth.setStatus(world.boss(), sam, Status.DISABLED);
            isOver(acting);
        }

        @Test
        void whenTheAccountIsRaisedAboveTheActor() {
            Secret acting = acting();
            world.auth.setRoles(world.session(own), cleo, Set.of("admin"));
            isOver(acting);
        }

        @Test
        void whenTheOwnerEndsItInTheListOfSessions() {
            Secret acting = acting();
            Session owner = world.session(((Login.SignedIn) world.auth.login(LoginAttempt.of(CLEO, RIGHT))).session());
            world.auth.revokeOthers(owner);
            isOver(acting);
        }
    }

    @Nested
    class CannotReach {

        private Secret acting = Secret.of("");

        @BeforeEach
        void begin() {
            acting = acting();
        }

        @Test
        void factors() {
            assertThat(world.auth.factors().enrolTotp(world.session(acting)))
                    .isInstanceOf(Enrolment.SignInTooOld.class);
            assertThat(world.auth.factors().removeTotp(acting, Secret.of("123456")))
                    .isNotInstanceOf(FactorChange.Done.class);
        }

        @Test
        void thePasswordAndTheAddressEvenWithTheRightPassword() {
            assertThat(world.auth.recovery().changePassword(acting, RIGHT, Secret.of("another long password")))
                    .isNotInstanceOf(PasswordChange.Changed.class);
            assertThat(world.auth.login(LoginAttempt.of(CLEO, RIGHT))).isInstanceOf(Login.SignedIn.class);
            assertThat(world.auth.recovery().requestEmailChange(acting, "sam@example.net", RIGHT))
                    .isNotInstanceOf(EmailChange.CheckYourMail.class);
        }

        @Test
        void apiKeys() {
            KeyRequest wish = new KeyRequest("mine", Set.of("orders:read"), Duration.ofDays(1));
            assertThat(world.auth.keys().create(acting, wish)).isInstanceOf(KeyCreation.SignInTooOld.class);
            Secret owner = ((Login.SignedIn) world.auth.login(LoginAttempt.of(CLEO, RIGHT))).session();
            KeyCreation.Created made = (KeyCreation.Created) world.auth.keys().create(owner, wish);
            assertThat(world.auth
                            .keys()
                            .revoke(world.session(acting), made.key().id()))
                    .isFalse();
            assertThat(world.auth.keys().find(made.secret())).isPresent();
        }

        @Test
        void aRouteThatNeedsAFactorOrARecentSignIn() {
            Session session = world.session(acting);
            for (Access access : new Access[] {
                Access.signedIn().withFactor(), Access.signedIn().withRecentSignIn(), Access.permission("administer")
            }) {
                assertThat(AccessRule.judge(access, session, world.time.instant()))
                        .isEqualTo(AccessRule.FORBIDDEN);
            }
            assertThat(AccessRule.judge(Access.permission("buy"), session, world.time.instant()))
                    .isEqualTo(AccessRule.ADMITTED);
        }
    }

    @Nested
    class InARequest {

        private final Interceptor identity = new IdentityInterceptor(world.auth);
        private Secret acting = Secret.of("");

        @BeforeEach
        void begin() {
            acting = acting();
        }

        private FakeExchange request(Route route, Secret session) {
            return FakeExchange.to(route)
                    .with("Cookie", "__Host-session=" + session.reveal() + "; __Host-acting=" + acting.reveal());
        }

        @Test
        void isTheAccountsWithTheActorBehindIt() {
            FakeExchange exchange = request(Route.get("/"), own);
            assertThat(identity.before(exchange)).isEqualTo(Verdict.proceed());
            Caller caller = exchange.context().caller().orElseThrow();
            assertThat(caller.account()).isEqualTo(cleo);
            assertThat(caller.impersonator()).isEqualTo(sam);
        }

        @Test
        void isAuditedAsTheActorsWhateverWritesTheEvent() {
            FakeExchange exchange = request(Route.get("/"), own);
            identity.before(exchange);
            RequestContext.Scope scope = exchange.context().open();
            world.audit.append(AuditEvent.success("order.created", Actor.account(cleo), cleo));
            scope.close();
            AuditEvent last = world.audit.events().get(world.audit.events().size() - 1);
            assertThat(last.actor()).isEqualTo(Actor.account(sam));
            assertThat(last.subject()).contains(cleo);
        }

        @Test
        void needsTheActorsOwnCookieBesideIt() {
            Secret another = ((Login.SignedIn) world.auth.login(LoginAttempt.of(CLEO, RIGHT))).session();
            FakeExchange exchange = request(Route.get("/"), another);
            identity.before(exchange);
            assertThat(exchange.context().caller().orElseThrow().impersonator()).isNull();
            FakeExchange alone = FakeExchange.to(Route.get("/")).with("Cookie", "__Host-acting=" + acting.reveal());
            identity.before(alone);
            assertThat(alone.context().caller()).isEmpty();
        }

        @Test
        void changesNothingAsOneselfWhenActingIsOver() {
            world.auth.impersonation().end(acting);
            FakeExchange looking = request(Route.get("/"), own);
            assertThat(identity.before(looking)).isEqualTo(Verdict.proceed());
            assertThat(looking.context().account()).contains(sam);
            FakeExchange changing = request(Route.post("/"), own);
            assertThat(identity.before(changing)).isInstanceOf(Verdict.Answer.class);
            assertThat(changing.responseHeaders("Set-Cookie")).anyMatch(line -> line.startsWith("__Host-acting=;"));
        }
    }
}
