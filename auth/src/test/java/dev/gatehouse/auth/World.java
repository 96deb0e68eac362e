// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.factor.Codes;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An Auth with everything a test needs to look at and to turn. */
final class World {

    static final String ANN = "ann@example.org";
    static final Secret RIGHT = Secret.of("a right long password");
    static final Secret WRONG = Secret.of("a wrong long password");
    static final Secret ROOT = Secret.of("8Jx0vQe2mLr7TzKc5WnYbH3uGdAfS9Pi");
    static final Roles ROLES = Roles.none()
            .ordinary("customer", "buy")
            .privileged("operator", "operate")
            .privileged("support", "act-as")
            .privileged("admin", "administer");

    static final Scopes SCOPES = Scopes.of("orders:read", "orders:write").demanding("metrics:read", "operate");

    final ManualTime time = new ManualTime();
    final RecordingAuditSink audit = new RecordingAuditSink();
    final List<AuthMail> mails = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CountingHasher hasher = new CountingHasher();
    final AuthStore store;
    final Auth auth;

    World() {
        this(AuthStore.inMemory());
    }

    World(AuthStore store) {
        this(store, builder -> builder);
    }

    World(AuthStore store, UnaryOperator<AuthBuilder> more) {
        this.store = store;
        this.auth = more.apply(Auth.builder()
                        .store(store)
                        .mailer((tx, mail) -> mails.add(mail))
                        .secret(ROOT)
                        .service("Corner Shop")
                        .roles(ROLES)
                        .scopes(SCOPES)
                        .impersonation("act-as")
                        .audit(audit)
                        .hasher(hasher)
                        .meters(meters)
                        .clock(time)
                        .ticker(time))
                .build();
    }

    /** Ann's account, verified; gives back its ID. */
    String ann() {
        auth.register(ANN, RIGHT);
        if (!auth.verify(lastToken())) {
            throw new AssertionError("not verified");
        }
        return auth.account(ANN).orElseThrow().id();
    }

    /** An administrator with these roles. */
    String admin(String... roles) {
        auth.createAdministrator(ANN, RIGHT, Set.of(roles));
        return auth.account(ANN).orElseThrow().id();
    }

    /** The session of another administrator, who changes accounts. */
    Session boss() {
        auth.createAdministrator("boss@example.org", RIGHT, Set.of("admin"));
        return session(((Login.SignedIn) auth.login(LoginAttempt.of("boss@example.org", RIGHT))).session());
    }

    Secret lastToken() {
        Secret token = mails.get(mails.size() - 1).token();
        if (token == null) {
            throw new AssertionError("the last mail has no token");
        }
        return token;
    }

    /** The token of the last mail of this kind. */
    Secret token(AuthMail.Kind kind) {
        Secret token = mails.stream()
                .filter(mail -> mail.kind() == kind)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no mail of kind " + kind + " in " + mails))
                .token();
        if (token == null) {
            throw new AssertionError("the mail has no token");
        }
        return token;
    }

    /** The kinds of the mails since the last call. */
    List<AuthMail.Kind> news() {
        List<AuthMail.Kind> kinds = mails.stream().map(AuthMail::kind).toList();
        mails.clear();
        return kinds;
    }

    /** The owner asks for a reset and gets its token. */
    Secret resetToken() {
        auth.recovery().requestReset(ANN);
        return token(AuthMail.Kind.RESET_PASSWORD);
    }

    /** Signs in by {@code email}. */
    Login loginAs(String email, Secret password) {
        return auth.login(LoginAttempt.of(email, password));
    }

    Login login(Secret password) {
        return auth.login(LoginAttempt.of(ANN, password));
    }

    Login.SignedIn signIn() {
        return (Login.SignedIn) login(RIGHT);
    }

    Session session(Secret token) {
        return auth.session(token).orElseThrow();
    }

    /** Enrols a generator in a fresh session. */
    Enrolled enrol() {
        Secret token = signIn().session();
        Secret secret = ((Enrolment.Started) auth.factors().enrolTotp(session(token))).secret();
        Confirmation.Confirmed confirmed =
                (Confirmation.Confirmed) auth.factors().confirmTotp(token, code(secret));
        return new Enrolled(secret, confirmed.recoveryCodes(), token, confirmed.session());
    }

    /** Signs in with both factors. */
    Login.SignedIn signInWithFactor(Enrolled enrolled) {
        nextStep();
        return (Login.SignedIn) factor(pending(), FactorKind.TOTP, code(enrolled.secret()));
    }

    /** What becomes of a session's tokens when its privileges change. */
    SessionTokens rotated(Session session, SessionTokens tokens) {
        TokenHash from = TokenHash.of(tokens.session()).orElseThrow();
        return store.transact(unit -> new SessionFlow(auth.parts()).rotate(unit, session, from, null))
                .orElseThrow();
    }

    /** Tokens as this world's key makes them, for a session of which only the ID is known. */
    SessionTokens mint(String session) {
        return auth.parts().sessions().mint(session).tokens();
    }

    Secret code(Secret secret) {
        return Secret.of(Codes.at(secret, time.instant()));
    }

    /** Moves on to where the next code is another. */
    void nextStep() {
        time.advance(Duration.ofSeconds(30));
    }

    Login factor(Secret pending, FactorKind kind, Secret code) {
        return auth.loginFactor(new FactorAttempt(pending, kind, code, "test"));
    }

    Secret pending() {
        return ((Login.FactorRequired) login(RIGHT)).pending();
    }

    record Enrolled(Secret secret, List<Secret> recoveryCodes, Secret before, Secret session) {}
}
