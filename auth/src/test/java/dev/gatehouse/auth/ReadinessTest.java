// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.lockout.AttemptStore;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.Peppers;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.testing.TestDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each check holds where its property does, and fails where it is broken. */
final class ReadinessTest {

    private static final Routes ROUTES = Routes.of(
            Route.get("/open").access(Access.anyone()),
            Route.get("/mine").access(Access.signedIn()),
            Route.get("/ops").access(Access.permission("operate").withFactor()),
            Route.get("/admin").access(Access.permission("administer")));

    private final PasswordHasher argon2 = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());

    private Map<String, Finding> findings(AuthStore store, Routes routes, UnaryOperator<AuthBuilder> more) {
        World world = new World(store, builder -> more.apply(builder.hasher(argon2)));
        return new AuthGate(world.auth, routes)
                .readiness().stream().collect(Collectors.toMap(ReadinessCheck::requirement, ReadinessTest::run));
    }

    private Finding finding(String requirement, Routes routes, UnaryOperator<AuthBuilder> more) {
        return findings(AuthStore.inMemory(), routes, more).getOrDefault(requirement, Finding.unknown("no such check"));
    }

    private static Finding run(ReadinessCheck check) {
        try {
            return check.probe().call();
        } catch (Exception e) {
            return Finding.unknown(e.toString());
        }
    }

    @Test
    void everyCheckHoldsOnASoundGateAndLeavesNothingBehind() {
        AuthStore store = Databases.emptied(Databases.migrated(TestDatabases.h2()));
        assertThat(findings(store, ROUTES, builder -> builder).values())
                .hasSize(6)
                .allSatisfy(finding -> assertThat(finding).isInstanceOf(Finding.Verified.class));
        assertThat(store.<Long>read(unit -> unit.accounts().count())).isZero();
    }

    @Test
    void a1FailsWhenHashesAreNotArgon2id() {
        assertThat(finding("A1", ROUTES, builder -> builder.hasher(new CountingHasher())))
                .isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a1FailsBelowTheFloor() {
        PasswordHasher weak =
                PasswordHasher.argon2id(Argon2Parameters.insecurelyBelowTheFloor(7_168, 5, 1), new SecureRandom());
        assertThat(finding("A1", ROUTES, builder -> builder.hasher(weak)))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("new hashes are below the minimum: m=7168 KiB, t=5, p=1"));
    }

    @Test
    void a1NamesThePepperAndTheSharesOfWhatIsStored() {
        PasswordHasher peppered =
                argon2.peppered(Peppers.of("k1", World.ROOT).acceptingUnpeppered(), new SimpleMeterRegistry());
        AuthStore store = AuthStore.inMemory();
        stored(store, "ann", argon2.prefix());
        stored(store, "bob", "$2a$10$");
        stored(store, "cat", peppered.prefix());
        stored(store, "dan", "!");
        assertThat(findings(store, ROUTES, builder -> builder.hasher(peppered)).get("A1"))
                .isInstanceOfSatisfying(
                        Finding.Verified.class,
                        verified -> assertThat(verified.evidence())
                                .extracting(Evidence::value)
                                .contains(
                                        "m=19456 KiB, t=2, p=1",
                                        "hmac-sha256@k1",
                                        "1 of 4 like new ones; 1 argon2id with a pepper, 1 argon2id, 1 bcrypt, 1 other"));
    }

    private static void stored(AuthStore store, String name, String hash) {
        Account account = new Account(name, name, Account.Status.ACTIVE, Set.of(), Instant.EPOCH);
        assertThat(store.<Boolean>transact(unit -> unit.accounts().create(account, name, hash)))
                .isTrue();
    }

    @Test
    void a3FailsWhenAStoreKeepsWhatWasSignedOut() {
        AuthStore broken = new BrokenStore("end");
        assertThat(findings(broken, ROUTES, builder -> builder).get("A3")).isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a6FailsWhenAStoreCountsNothing() {
        AuthStore broken = new BrokenStore("reserve");
        assertThat(findings(broken, ROUTES, builder -> builder).get("A6")).isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a7FailsWhenAnOrdinaryRoleOpensWhatAPrivilegedOneDoes() {
        Roles leaky = Roles.none().privileged("admin", "administer", "operate").ordinary("clerk", "administer");
        assertThat(finding("A7", ROUTES, builder -> builder.roles(leaky)))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason()).endsWith("GET /admin"));
    }

    @Test
    void a7FailsWithoutAnyPrivilegedRole() {
        Roles flat = Roles.none().ordinary("admin", "administer", "operate");
        assertThat(finding("A7", ROUTES, builder -> builder.roles(flat))).isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a8FailsWithCookiesForLocalDevelopment() {
        assertThat(finding("A8", ROUTES, builder -> builder.cookies(SessionCookies.insecureForLocalDevelopment())))
                .isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a9FailsWithARouteWithoutARule() {
        Routes forgotten = Routes.of(Route.get("/forgotten"));
        assertThat(finding("A9", forgotten, builder -> builder))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason()).endsWith("GET /forgotten"));
    }

    @Test
    void a9FailsWithAPermissionThatNoRoleGrants() {
        Routes dead = Routes.of(Route.get("/dead").access(Access.permission("opperate")));
        assertThat(finding("A9", dead, builder -> builder)).isInstanceOf(Finding.Failed.class);
    }

    /** A store one verb of which only says that it worked. */
    private record BrokenStore(String verb, AuthStore store) implements AuthStore {

        BrokenStore(String verb) {
            this(verb, AuthStore.inMemory());
        }

        @Override
        public <T> T transact(Function<AuthUnit, T> work) {
            return store.transact(work);
        }

        @Override
        public <T> T read(Function<AuthUnit, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T rehearse(Function<AuthUnit, T> work) {
            return store.rehearse(unit -> work.apply(broken(unit, AuthUnit.class)));
        }

        @Override
        public void verifySchema() {}

        private <P> P broken(P port, Class<P> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals(verb)) {
                            return true;
                        }
                        try {
                            Object result = method.invoke(port, arguments);
                            return result instanceof SessionStore sessions
                                    ? broken(sessions, SessionStore.class)
                                    : result instanceof AttemptStore attempts
                                            ? broken(attempts, AttemptStore.class)
                                            : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
