// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthStoreException;
import dev.gatehouse.config.Secret;
import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.testing.FakeExchange;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class GateTest {

    private static final Route OPEN = Route.get("/open").access(Access.anyone());
    private static final Route MINE = Route.get("/mine").access(Access.signedIn());
    private static final Route BUY = Route.get("/buy").access(Access.permission("buy"));
    private static final Route OPERATE = Route.get("/ops").access(Access.permission("operate"));
    private static final Route FACTOR =
            Route.get("/factor").access(Access.signedIn().withFactor());
    private static final Route RECENT =
            Route.get("/recent").access(Access.signedIn().withRecentSignIn());
    private static final Route ORDERS =
            Route.get("/orders").access(Access.signedIn().orKey("orders:read"));
    private static final Route METRICS = Route.get("/metrics")
            .access(Access.permission("operate").withFactor().orKey("metrics:read"));
    private static final Route UNDECLARED = Route.get("/forgotten");
    private static final Routes ROUTES =
            Routes.of(OPEN, MINE, BUY, OPERATE, FACTOR, RECENT, ORDERS, METRICS, UNDECLARED);

    private final CountingStore store = new CountingStore(AuthStore.inMemory());
    private final World world = new World(store);
    private final AuthGate gate = new AuthGate(world.auth, ROUTES);

    @AfterEach
    void close() {
        gate.close();
    }

    private Verdict through(FakeExchange exchange) {
        for (Interceptor interceptor : gate.interceptors()) {
            Verdict verdict = interceptor.before(exchange);
            if (verdict instanceof Verdict.Answer) {
                return verdict;
            }
        }
        return Verdict.proceed();
    }

    private static FakeExchange with(Route route, Secret session) {
        return FakeExchange.to(route).with("Cookie", "__Host-session=" + session.reveal());
    }

    private void isRefused(FakeExchange exchange, int status, String typeEnd) {
        assertThat(through(exchange)).isInstanceOfSatisfying(Verdict.Answer.class, answer -> {
            Problem problem = answer.problem();
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.type().toString()).endsWith(typeEnd);
        });
        assertThat(exchange.admitted()).isFalse();
    }

    private void isAdmitted(FakeExchange exchange) {
        assertThat(through(exchange)).isEqualTo(Verdict.proceed());
        assertThat(exchange.admitted()).isTrue();
    }

    @Test
    void judgesAfterTheLimitsByAccount() {
        assertThat(gate.interceptors()).extracting(Interceptor::phase).containsExactly(Phase.IDENTITY, Phase.ACCESS);
        assertThat(Phase.ACCESS).isGreaterThan(Phase.ACCOUNT);
    }

    @Test
    void tellsWhoAsksToThoseWhoFollow() {
        String ann = world.ann();
        FakeExchange exchange = with(MINE, world.signIn().session());
        isAdmitted(exchange);
        assertThat(AuthGate.session(exchange).map(Session::account)).contains(ann);
        assertThat(exchange.context().account()).contains(ann);
    }

    @Nested
    class Refuses {

        @Test
        void aStrangerEverywhereButWhereAnyoneMay() {
            isAdmitted(FakeExchange.to(OPEN));
            for (Route route : new Route[] {MINE, BUY, OPERATE, FACTOR, RECENT}) {
                isRefused(FakeExchange.to(route), 401, "");
            }
        }

        @Test
        void aRouteWithoutARuleToEverybody() {
            world.admin("admin", "operator");
            isRefused(FakeExchange.to(UNDECLARED), 403, "/forbidden");
            isRefused(with(UNDECLARED, world.enrol().session()), 403, "/forbidden");
        }

        @Test
        void whoLacksThePermission() {
            world.ann();
            isRefused(with(BUY, world.signIn().session()), 403, "/forbidden");
            isRefused(with(OPERATE, world.signIn().session()), 403, "/forbidden");
        }

        @Test
        void anOperatorUntilAFactorWasUsedInThisSession() {
            world.admin("operator");
            isRefused(with(OPERATE, world.signIn().session()), 403, "/factor-required");
            isRefused(with(FACTOR, world.signIn().session()), 403, "/factor-required");
            Secret verified = world.enrol().session();
            isAdmitted(with(OPERATE, verified));
            isAdmitted(with(FACTOR, verified));
        }

        @Test
        void anOldSignInWhereARecentOneIsNeeded() {
            world.ann();
            Secret token = world.signIn().session();
            isAdmitted(with(RECENT, token));
            world.time.advance(Duration.ofMinutes(10));
            isRefused(with(RECENT, token), 403, "/reauthenticate");
            isAdmitted(with(MINE, token));
        }

        @Test
        void aCookieBesideABearerTokenWhichIsExemptFromTheCheckOfOrigins() {
            world.ann();
            Secret token = world.signIn().session();
            isRefused(with(MINE, token).with("Authorization", "Bearer gh_anything"), 401, "");
            isRefused(with(MINE, token).with("authorization", "bEARER "), 401, "");
            isAdmitted(with(MINE, token).with("Authorization", "Basic YTpi"));
        }

        @Test
        void tamperedDoubledAndForeignCookies() {
            world.ann();
            String token = world.signIn().session().reveal();
            char last = token.charAt(42) == 'A' ? 'B' : 'A';
            for (String value : new String[] {
                token.substring(0, 42) + last, token + "=", token.substring(1), token + token, "\"" + token + "\"", ""
            }) {
                isRefused(with(MINE, Secret.of(value)), 401, "");
            }
            isRefused(FakeExchange.to(MINE).with("Cookie", "session=" + token), 401, "");
            String twice = "__Host-session=" + token + "; __Host-session=" + token;
            isRefused(FakeExchange.to(MINE).with("Cookie", twice), 401, "");
        }

        @Test
        void nobodyByMistakeOnAnUnknownPath() {
            isRefused(new FakeExchange("GET", "/nowhere"), 403, "/forbidden");
        }
    }

    @Nested
    class AnApiKey {

        private KeyCreation.Created made(Secret session, String... scopes) {
            KeyRequest request = new KeyRequest("nightly", Set.of(scopes), Duration.ofDays(1));
            return (KeyCreation.Created) world.auth.keys().create(session, request);
        }

        private FakeExchange bearing(Route route, Secret key) {
            return FakeExchange.to(route).with("Authorization", "Bearer " + key.reveal());
        }

        private String challenge(FakeExchange exchange) {
            return ((Verdict.Answer) through(exchange)).problem().headers().getOrDefault("WWW-Authenticate", "");
        }

        @Test
        void opensWhatNamesItsScopeAndWhatIsOpenToAnyone() {
            String ann = world.ann();
            KeyCreation.Created made = made(world.signIn().session(), "orders:read");
            FakeExchange exchange = bearing(ORDERS, made.secret());
            isAdmitted(exchange);
            isAdmitted(bearing(OPEN, made.secret()));
            assertThat(exchange.context().caller())
                    .contains(Caller.key(ann, made.key().id()));
            assertThat(AuthGate.key(exchange).map(LiveKey::account)).contains(ann);
            assertThat(AuthGate.session(exchange)).isEmpty();
        }

        @Test
        void opensNothingThatNamesNoScopeOrAnother() {
            world.ann();
            Secret key = made(world.signIn().session(), "orders:write").secret();
            for (Route route : new Route[] {MINE, BUY, OPERATE, FACTOR, RECENT, ORDERS, METRICS, UNDECLARED}) {
                isRefused(bearing(route, key), 403, "/forbidden");
            }
            assertThat(challenge(bearing(ORDERS, key)))
                    .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"orders:read\"");
        }

        @Test
        void opensAPrivilegedRouteOnlyWhileTheAccountHoldsThePermission() {
            String operator = world.admin("operator");
            Secret session = world.enrol().session();
            Secret key = made(session, "metrics:read").secret();
            isAdmitted(bearing(METRICS, key));
            world.auth.setRoles(world.boss(), operator, Set.of("customer"));
            isRefused(bearing(METRICS, key), 403, "/forbidden");
        }

        @Test
        void isLookedUpPastTheCacheForAPrivilegedRoute() {
            world.admin("operator");
            KeyCreation.Created made = made(world.enrol().session(), "metrics:read");
            isAdmitted(bearing(METRICS, made.secret()));
            String ann = made.key().account();
            assertThat(store.<Boolean>transact(
                            unit -> unit.keys().revoke(ann, made.key().id())))
                    .as("by another instance")
                    .isTrue();
            isRefused(bearing(METRICS, made.secret()), 401, "");
        }

        @Test
        void thatIsBadIsRefusedOnEveryRouteWhateverCookieComesAlong() {
            world.ann();
            Secret session = world.signIn().session();
            KeyCreation.Created made = made(session, "orders:read");
            world.auth.keys().revoke(world.session(session), made.key().id());
            for (Route route : new Route[] {OPEN, MINE, ORDERS, UNDECLARED}) {
                for (String bad : new String[] {made.secret().reveal(), "", "gh_made-up", session.reveal()}) {
                    FakeExchange exchange = with(route, session).with("Authorization", "Bearer " + bad);
                    isRefused(exchange, 401, "");
                    assertThat(exchange.context().caller()).isEmpty();
                }
            }
            assertThat(challenge(bearing(ORDERS, made.secret()))).isEqualTo("Bearer error=\"invalid_token\"");
        }

        @Test
        void actsForItselfAndNotForTheCookieBesideIt() {
            String ann = world.ann();
            Secret session = world.signIn().session();
            FakeExchange exchange = with(ORDERS, session)
                    .with(
                            "Authorization",
                            "bearer  " + made(session, "orders:read").secret().reveal());
            isAdmitted(exchange);
            assertThat(AuthGate.session(exchange)).isEmpty();
            assertThat(exchange.context().account()).contains(ann);
        }

        @Test
        void isNotJudgedWhileTheStoreIsDown() {
            world.ann();
            Secret key = made(world.signIn().session(), "orders:read").secret();
            store.down = true;
            isRefused(bearing(ORDERS, key), 503, "");
            isAdmitted(bearing(OPEN, key));
        }
    }

    @Test
    void whatEndedElsewhereIsRefusedAtOnceWhereItMattersAndInFiveSecondsEverywhere() {
        world.admin("operator");
        Secret token = world.enrol().session();
        for (Route route : new Route[] {MINE, OPERATE, FACTOR, RECENT}) {
            isAdmitted(with(route, token));
        }
        new World(store).auth.logout(token);
        isAdmitted(with(MINE, token));
        isRefused(with(OPERATE, token), 401, "");
        isRefused(with(FACTOR, token), 401, "");
        isRefused(with(RECENT, token), 401, "");
        world.time.advance(Duration.ofSeconds(5));
        isRefused(with(MINE, token), 401, "");
    }

    @Nested
    class WhenTheStoreIsDown {

        @Test
        void answers503AndAdmitsNobodyButWhereAnyoneMay() {
            world.ann();
            Secret token = world.signIn().session();
            store.down = true;
            isRefused(with(MINE, token), 503, "");
            FakeExchange open = with(OPEN, token);
            isAdmitted(open);
            assertThat(AuthGate.session(open)).isEmpty();
        }

        @Test
        void whatHandlersLetPassIsA503() {
            store.down = true;
            assertThatThrownBy(() -> world.auth.login(LoginAttempt.of(World.ANN, World.RIGHT)))
                    .isInstanceOfSatisfying(
                            AuthStoreException.class,
                            failure -> assertThat(failure.problem())
                                    .returns(503, Problem::status)
                                    .extracting(problem -> problem.headers().get("Retry-After"))
                                    .isEqualTo("1"));
        }
    }

    @Nested
    class Cookies {

        private final FakeExchange exchange = FakeExchange.to(OPEN);

        @Test
        void areHostCookiesWithEveryFlag() {
            world.ann();
            Login.SignedIn signedIn = world.signIn();
            world.auth.cookies().write(exchange, signedIn);
            assertThat(exchange.responseHeaders("Set-Cookie"))
                    .containsExactly(
                            "__Host-session=" + signedIn.session().reveal()
                                    + "; Path=/; Secure; HttpOnly; SameSite=Lax",
                            "__Host-refresh=" + signedIn.tokens().refresh().reveal()
                                    + "; Path=/; Secure; HttpOnly; SameSite=Lax",
                            "__Host-device=" + signedIn.device().reveal()
                                    + "; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax");
        }

        @Test
        void areReadBackAndCleared() {
            FakeExchange request = FakeExchange.to(OPEN).with("Cookie", "__Host-session=a; __Host-device=b");
            SessionCookies cookies = SessionCookies.secure();
            assertThat(cookies.session(request)).contains(Secret.of("a"));
            assertThat(cookies.device(request)).contains(Secret.of("b"));
            cookies.clear(exchange);
            assertThat(exchange.responseHeaders("Set-Cookie"))
                    .containsExactly(
                            "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
                            "__Host-refresh=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
        }

        @Test
        void areNeitherReadNorWrittenNorClearedInACallWithABearerToken() {
            world.ann();
            FakeExchange call = FakeExchange.to(OPEN)
                    .with("Cookie", "__Host-session=a; __Host-refresh=b")
                    .with("Authorization", "Bearer gh_anything");
            SessionCookies cookies = world.auth.cookies();
            assertThat(cookies.session(call)).isEmpty();
            assertThat(cookies.refresh(call)).isEmpty();
            cookies.clear(call);
            cookies.write(call, world.signIn());
            assertThat(call.responseHeaders("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void showsItsSettingsAndWhatItKnowsOfAnAccountWithoutSecrets() {
        String ann = world.ann();
        World.Enrolled enrolled = world.enrol();
        Panel panel = gate.panels().get(0);
        assertThat(panel.facts()).contains(new Panel.Fact("Accounts", "1"));
        assertThat(panel.about(ann))
                .contains(new Panel.Fact("Second factor", "enrolled"), new Panel.Fact("Recovery codes left", "10"));
        assertThat(panel.about(ann))
                .contains(new Panel.Fact("Sessions", "1"), new Panel.Fact("API keys", "0"))
                .contains(new Panel.Fact("The last that failed", "never"));
        world.login(World.WRONG);
        assertThat(panel.about(ann))
                .contains(
                        new Panel.Fact("Sign-ins that failed lately", "1"),
                        new Panel.Fact(
                                "The last that failed", world.time.instant().toString()));
        assertThat(panel.about("nobody")).isEmpty();
        assertThat(panel.about(ann).toString()).doesNotContain(enrolled.secret().reveal());
    }

    @Test
    void removesWhatExpiredWhenAnOperatorWantsIt() throws Exception {
        world.ann();
        Panel.Action action = gate.panels().get(0).actions().get(0);
        assertThat(action.handler().run(Actor.account("sam"))).endsWith("rows were removed.");
        assertThat(world.audit.events())
                .contains(AuditEvent.success("auth.expired.removed", Actor.account("sam"), null));
    }

    @Test
    void startsAndClosesMoreThanOnce() {
        gate.start();
        gate.close();
        assertThat(gate.name()).isEqualTo("auth");
    }
}
