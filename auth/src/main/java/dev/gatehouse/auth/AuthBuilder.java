// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.LiveKeys.Rules;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.factor.Factors;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.auth.lockout.Devices;
import dev.gatehouse.auth.lockout.StuffingWatch;
import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.BreachCheck;
import dev.gatehouse.auth.password.BreachedPasswords;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.session.RefreshRules;
import dev.gatehouse.auth.session.SessionLimit;
import dev.gatehouse.auth.session.SessionMint;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.session.SessionSettings;
import dev.gatehouse.auth.session.Sessions;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds an {@link Auth}; what is not set has a safe default. Not thread-safe. */
public final class AuthBuilder {

    private static final long KEYS_CACHED = 10_000;

    private @Nullable AuthStore store;
    private @Nullable AuthMailer mailer;
    private @Nullable Secret secret;
    private String service = "";
    private Roles roles = Roles.none();
    private Scopes scopes = Scopes.none();
    private String impersonation = "";
    private AuditSink audit = AuditSink.none();
    private Duration idle = SessionSettings.DEFAULT.idle();
    private Duration absolute = SessionSettings.DEFAULT.absolute();
    private SessionLimit limit = SessionLimit.DEFAULT;
    private SessionNews news = SessionNews.none();
    private InstantSource clock = InstantSource.system();
    private Ticker ticker = Ticker.system();
    private SecureRandom random = new SecureRandom();
    private MeterRegistry meters = new CompositeMeterRegistry();
    private SessionCookies cookies = SessionCookies.secure();
    private @Nullable PasswordHasher hasher;
    private @Nullable HashGate hashGate;
    private BreachedPasswords breached = BreachedPasswords.none();

    AuthBuilder() {}

    /** Where everything is kept. Needed. */
    public AuthBuilder store(AuthStore value) {
        store = value;
        return this;
    }

    /** Takes the mails. Needed. */
    public AuthBuilder mailer(AuthMailer value) {
        mailer = value;
        return this;
    }

    /** The application's root secret, at least 32 bytes; keys of this gate are derived from it. Needed. */
    public AuthBuilder secret(Secret value) {
        secret = value;
        return this;
    }

    /** The application's name, for generator apps and as a word that passwords must not consist of. Needed. */
    public AuthBuilder service(String value) {
        service = value;
        return this;
    }

    /** What each role grants; nothing by default. */
    public AuthBuilder roles(Roles value) {
        roles = value;
        return this;
    }

    /** The permission that lets an account act as another; nobody may by default. */
    public AuthBuilder impersonation(String permission) {
        impersonation = permission;
        return this;
    }

    /** What API keys can be made for; nothing by default. */
    public AuthBuilder scopes(Scopes value) {
        scopes = value;
        return this;
    }

    /** Where audit events go; nowhere by default. */
    public AuthBuilder audit(AuditSink value) {
        audit = value;
        return this;
    }

    /** How long an unused session lives; 30 minutes by default. */
    public AuthBuilder sessionIdle(Duration value) {
        idle = value;
        return this;
    }

    /** How long a session lives at most; 12 hours by default. */
    public AuthBuilder sessionAbsolute(Duration value) {
        absolute = value;
        return this;
    }

    /** How many sessions an account may have at a time; {@link SessionLimit#DEFAULT} by default. */
    public AuthBuilder sessionLimit(SessionLimit value) {
        limit = value;
        return this;
    }

    /**
     * How the other instances learn at once that a session or key was ended; nobody is told by default, and they learn it
     * within five seconds.
     */
    public AuthBuilder sessionNews(SessionNews value) {
        news = value;
        return this;
    }

    /** The cookies; {@link SessionCookies#secure()} by default. */
    public AuthBuilder cookies(SessionCookies value) {
        cookies = value;
        return this;
    }

    /** How passwords are hashed; Argon2id with {@link Argon2Parameters#DEFAULT} by default. */
    public AuthBuilder hasher(PasswordHasher value) {
        hasher = value;
        return this;
    }

    /** How many passwords are hashed at a time; {@link HashGate#forThisMachine} by default. */
    public AuthBuilder hashGate(HashGate value) {
        hashGate = value;
        return this;
    }

    /** The service that knows passwords from breaches; none by default, which leaves the bundled list. */
    public AuthBuilder breachedPasswords(BreachedPasswords value) {
        breached = value;
        return this;
    }

    /** The wall clock; the system's by default. */
    public AuthBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Elapsed time, for the session cache; the system's by default. */
    public AuthBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where randomness comes from; the system's generator by default. */
    public AuthBuilder random(SecureRandom value) {
        random = value;
        return this;
    }

    /** Where meters are kept; nowhere by default. */
    public AuthBuilder meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** Builds it; every problem is reported at once. */
    public Auth build() {
        List<String> problems = new ArrayList<>();
        require(store != null, problems, "auth.store: must be set");
        require(mailer != null, problems, "auth.mailer: must be set");
        require(!service.isBlank(), problems, "auth.service: must be the application's name");
        int bytes = secret == null ? 0 : secret.length();
        require(
                bytes >= KeyedHash.ROOT_BYTES,
                problems,
                "auth.secret: had " + bytes + " bytes but must have at least " + KeyedHash.ROOT_BYTES);
        SessionSettings settings = settings(problems);
        if (store == null || mailer == null || secret == null || settings == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Auth(parts(store, mailer, secret, settings), new Rules(roles, scopes), cookies);
    }

    private static void require(boolean holds, List<String> problems, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private @Nullable SessionSettings settings(List<String> problems) {
        try {
            return new SessionSettings(idle, absolute, limit);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Parts parts(AuthStore kept, AuthMailer mails, Secret root, SessionSettings settings) {
        Tokens tokens = new Tokens(random);
        AuthMeters counters = new AuthMeters(meters);
        SessionMint mint = new SessionMint(root, tokens);
        Sessions sessions = new Sessions(settings, roles, clock, mint);
        Acting acting = new Acting(impersonation, roles, sessions);
        Trail trail = new Trail(audit);
        return new Parts(
                service,
                kept,
                mails,
                trail,
                new Denials(trail, counters, ticker),
                counters,
                clock,
                tokens,
                passwords(),
                new Budgets(kept, new KeyedHash(root, "attempt"), clock),
                new Devices(root, tokens),
                new StuffingWatch(random, ticker, meters),
                new Factors(root, random, clock),
                sessions,
                new RefreshRules(sessions, mint, clock),
                acting,
                new LiveSessions(kept, acting, ticker, clock, counters),
                new LiveKeys(
                        kept,
                        new TokenCache<>(KEYS_CACHED, ticker, LiveKey::account),
                        clock,
                        counters,
                        new Rules(roles, scopes)),
                news,
                RootSecret.of(root));
    }

    private Passwords passwords() {
        PasswordHasher hashing = hasher == null ? PasswordHasher.argon2id(Argon2Parameters.DEFAULT, random) : hasher;
        HashGate gate = hashGate == null ? HashGate.forThisMachine(hashing, meters) : hashGate;
        return new Passwords(hashing, gate, service, new BreachCheck(breached, meters));
    }
}
