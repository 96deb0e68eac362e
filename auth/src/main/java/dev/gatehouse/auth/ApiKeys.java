// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.AuthMeters.KeyEvent;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.ApiKeyText;
import dev.gatehouse.auth.key.KeyRow;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import dev.gatehouse.json.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * API keys, by which programs act for an account without its password. A key works until it expires or is revoked or the
 * account is disabled; it survives a change of the password, loses privileged permissions with the second factor, and never manages the account,
 * its factors or its keys.
 * Of a key, only the SHA-256 is kept. Thread-safe.
 */
public final class ApiKeys {

    /** Keys that an account can have at a time, those included that expired less than a week ago. */
    public static final int MOST = 25;

    /** How long a key that expired is still listed. */
    static final Duration SHOWN_EXPIRED = Duration.ofDays(7);

    private final Parts parts;
    private final SessionFlow sessions;
    private final Scopes scopes;

    ApiKeys(Parts parts, SessionFlow sessions, Scopes scopes) {
        this.parts = parts;
        this.sessions = sessions;
        this.scopes = scopes;
    }

    /**
     * Makes a key for the account of this session, whose sign-in must be less than ten minutes old: for a key outlives
     * the session, and a change of the password too. The session is looked up past the cache. The owner gets a mail.
     */
    public KeyCreation create(Secret sessionToken, KeyRequest request) {
        KeyCreation answer = parts.live()
                .findNow(sessionToken)
                .map(asking -> parts.store().transact(unit -> create(unit, sessionToken, asking, request)))
                .orElseGet(KeyCreation.SignedOut::new);
        boolean created = answer instanceof KeyCreation.Created;
        parts.meters().key(created ? KeyEvent.CREATED : KeyEvent.REJECTED);
        return answer;
    }

    /**
     * The account first, as everywhere, so that no two transactions wait for each other. The session is looked up again
     * under the lock: whoever is disabled meanwhile must not keep a key.
     */
    private KeyCreation create(AuthUnit unit, Secret token, Session before, KeyRequest request) {
        unit.accounts().lock(before.account());
        return TokenHash.of(token)
                .flatMap(hash -> parts.live().look(unit, hash))
                .map(asking -> create(unit, asking, request))
                .orElseGet(KeyCreation.SignedOut::new);
    }

    private KeyCreation create(AuthUnit unit, Session asking, KeyRequest request) {
        Instant now = parts.clock().instant();
        if (!AccessRule.isRecent(asking, now)) {
            return new KeyCreation.SignInTooOld();
        }
        if (!asking.withheld().isEmpty()) {
            return new KeyCreation.FactorNeeded();
        }
        List<FieldError> errors = new KeyRules(scopes).broken(request, asking.permissions());
        return errors.isEmpty() ? keep(unit, asking, request) : new KeyCreation.Rejected(errors);
    }

    private KeyCreation keep(AuthUnit unit, Session asking, KeyRequest request) {
        Issued issued = ApiKeyText.issue(parts.tokens());
        Instant now = parts.clock().instant();
        ApiKey key = new ApiKey(
                parts.tokens().id(),
                asking.account(),
                request.name().strip(),
                ApiKeyText.prefix(issued.token()),
                request.scopes(),
                now,
                now.plus(request.life()),
                null);
        if (!unit.keys().create(new KeyRow(issued.hash(), key, asking.factorUsed()), MOST)) {
            return new KeyCreation.Rejected(
                    List.of(new FieldError("", "must not be the account's key number " + (MOST + 1))));
        }
        parts.trail().did(unit, event("created", asking, key.id()));
        parts.mailer().send(unit.tx(), new AuthMail(AuthMail.Kind.API_KEY_CREATED, asking.email(), null));
        return new KeyCreation.Created(key, issued.token());
    }

    private static AuditEvent event(String what, Session asking, String id) {
        Actor owner = Actor.account(asking.account());
        return AuditEvent.success("auth.key." + what, owner, asking.account()).with("id", id);
    }

    /** The keys of the account that asks, the newest first, those included that expired in the last week. */
    public List<ApiKey> list(Session asking) {
        return parts.store().read(unit -> unit.keys().of(asking.account()));
    }

    /** Ends one key of the account that asks, at once here and within five seconds elsewhere; false when it has none. */
    public boolean revoke(Session asking, String id) {
        boolean revoked = !asking.isImpersonated()
                && Tokens.isId(id)
                && parts.store().transact(unit -> {
                    boolean found = unit.keys().revoke(asking.account(), id);
                    if (found) {
                        sessions.forget(unit, asking.account());
                        parts.trail().did(unit, event("revoked", asking, id));
                    }
                    return found;
                });
        if (revoked) {
            parts.meters().key(KeyEvent.REVOKED);
        }
        return revoked;
    }

    /** The live key of this text, as it was at most five seconds ago; empty when there is none. */
    public Optional<LiveKey> find(Secret text) {
        return parts.keys().find(text);
    }

    /** The same as the store has it now: one round trip. The gate uses it where it uses {@link Auth#sessionNow}. */
    public Optional<LiveKey> findNow(Secret text) {
        return parts.keys().findNow(text);
    }
}
