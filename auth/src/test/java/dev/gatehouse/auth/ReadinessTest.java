// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.Peppers;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Databases;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.testing.TestDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each check holds where its property does, and fails where it is broken. */
final class ReadinessTest {

    private static final Routes ROUTES = Routes.of(
            Route.get("/open").access(Access.anyone()),
            Route.get("/mine").access(Access.signedIn()),
            Route.get("/ops").access(Access.permission("operate").withFactor()),
            Route.get("/admin").access(Access.permission("administer")));

    private final PasswordHasher argon2 = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());

    private List<Finding> findings(AuthStore store, Routes routes, UnaryOperator<AuthBuilder> more, String wanted) {
        World world = new World(store, builder -> more.apply(builder.hasher(argon2)));
        return new AuthGate(world.auth, routes)
                .readiness().stream()
                        .filter(check -> check.requirement().equals(wanted) || wanted.isEmpty())
                        .map(ReadinessTest::run)
                        .toList();
    }

    /** The worst of a requirement's findings, as the report counts them. */
    private static Finding worst(List<Finding> findings) {
        return findings.stream()
                .filter(Finding.Failed.class::isInstance)
                .findFirst()
                .or(() -> findings.stream()
                        .filter(Finding.Unknown.class::isInstance)
                        .findFirst())
                .orElseGet(() -> new Finding.Verified(findings.stream()
                        .flatMap(finding -> finding.evidence().stream())
                        .toList()));
    }

    private Finding finding(String requirement, Routes routes, UnaryOperator<AuthBuilder> more) {
        return worst(findings(AuthStore.inMemory(), routes, more, requirement));
    }

    private Finding finding(String requirement, UnaryOperator<AuthBuilder> more) {
        return finding(requirement, ROUTES, more);
    }

    private Finding finding(String requirement, AuthStore store) {
        return worst(findings(store, ROUTES, builder -> builder, requirement));
    }

    private void failsFor(Finding finding, String reason) {
        assertThat(finding)
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
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
        assertThat(findings(store, ROUTES, builder -> builder, ""))
                .hasSize(15)
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
        assertThat(worst(findings(store, ROUTES, builder -> builder.hasher(peppered), "A1")))
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
        assertThat(finding("A3", broken)).isInstanceOf(Finding.Failed.class);
    }

    @Test
    void a6FailsWhenAStoreCountsNothing() {
        AuthStore broken = new BrokenStore("reserve");
        assertThat(finding("A6", broken)).isInstanceOf(Finding.Failed.class);
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

    @Test
    void a1FailsWithoutTheTables() {
        failsFor(finding("A1", AuthStore.jdbc(TestDatabases.h2())), "V1__auth.sql");
    }

    @Test
    void a2FailsWhenAResetTokenWorksTwice() {
        failsFor(
                finding("A2", new BrokenStore(Map.of("consume", "find", "discard", ""), AuthStore.inMemory())),
                "a token works twice");
    }

    @Test
    void a2FailsWhenAnUnknownAddressIsAnsweredWithoutTheHash() {
        failsFor(finding("A2", builder -> builder.hasher(new Hasty(argon2))), "how long a wrong password takes");
    }

    @Test
    void a4FailsWhenAStoreKeepsWhatWasEnded() {
        failsFor(finding("A4", new BrokenStore("endAll")), "ending all others did not end just them");
        failsFor(finding("A4", new BrokenStore("end")), "a stranger can end a session");
    }

    @Test
    void a5FailsWhenAStoreDoesNotRotate() {
        failsFor(finding("A5", new BrokenStore("refresh")), "the successor gives none itself");
    }

    @Test
    void a7FailsWhenAFactorThatIsEnrolledDoesNotCount() {
        failsFor(finding("A7", new BrokenStore("confirm")), "cannot act with a second factor");
    }

    @Test
    void a7FailsWhileAnAdministratorHasNoFactor() {
        AuthStore store = AuthStore.inMemory();
        World world = new World(store);
        world.admin("admin", "operator");
        failsFor(finding("A7", store), "1 accounts with a privileged role have no second factor yet");
        world.enrol();
        assertThat(finding("A7", store)).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void a10FailsWithoutAnAuditLogAndIsUnknownWithOneThatCannotBeAsked() {
        failsFor(finding("A10", builder -> builder.audit(AuditSink.none())), "the audit sink keeps nothing");
        AuditSink mute = new AuditSink() {
            @Override
            public void append(Tx tx, AuditEvent event) {}

            @Override
            public void append(AuditEvent event) {}
        };
        assertThat(finding("A10", builder -> builder.audit(mute))).isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void a11FailsWithASecretThatNobodyDrewAtRandom() {
        for (String secret : new String[] {
            "change-me-change-me-change-me-change-me",
            "0123456789abcdef0123456789abcdef",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "correct horse battery correct horse battery ",
            "aaaabbbbccccddddaaaabbbbccccdddd"
        }) {
            failsFor(finding("A11", builder -> builder.secret(Secret.of(secret))), "the root secret");
        }
    }

    @Test
    void a11HoldsForEverySecretThatSomebodyDrew() {
        byte[] drawn = new byte[32];
        for (int i = 0; i < 200; i++) {
            new SecureRandom().nextBytes(drawn);
            assertThat(List.of(
                            RootSecret.of(Secret.of(drawn)),
                            RootSecret.of(Secret.of(Base64.getEncoder().encodeToString(drawn))),
                            RootSecret.of(Secret.of(HexFormat.of().formatHex(drawn)))))
                    .extracting(RootSecret::fault)
                    .containsOnly("");
        }
    }

    /** Hashes nothing when there is nothing to compare with. */
    private record Hasty(PasswordHasher sound) implements PasswordHasher {

        @Override
        public String hash(Secret password) {
            return sound.hash(password);
        }

        @Override
        public boolean verify(Secret password, String stored) {
            return !stored.isEmpty() && sound.verify(password, stored);
        }

        @Override
        public boolean isOutdated(String stored) {
            return sound.isOutdated(stored);
        }

        @Override
        public int memoryKib(String stored) {
            return sound.memoryKib(stored);
        }

        @Override
        public String prefix() {
            return sound.prefix();
        }
    }
}
