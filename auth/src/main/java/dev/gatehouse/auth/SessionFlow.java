// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionMint.Minted;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.session.Sessions.Opened;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Begins, changes and ends sessions. Every way to sign in ends here, so here an account's status is checked. */
final class SessionFlow {

    /** How long it can be told why a session ended. */
    static final Duration REASON_KEPT = Duration.ofDays(7);

    private final Parts parts;

    SessionFlow(Parts parts) {
        this.parts = parts;
    }

    /** What sign-ins to the account are counted by: the key of its address. */
    static String identifier(Account account) {
        return EmailAddress.parse(account.email()).map(EmailAddress::key).orElse(account.email());
    }

    /**
     * Begins a session and ends the one it replaces. The token is always fresh, never one that the client brought. A denial
     * is audited with its reason.
     */
    Login open(AuthUnit unit, Beginning begin, Optional<TokenHash> replaced) {
        Optional<Account> locked = unit.accounts().lock(begin.account);
        Optional<Account> active = locked.filter(found -> isAsProven(found, begin));
        if (active.isEmpty()) {
            boolean enabled = locked.filter(SessionFlow::isActive).isPresent();
            return denied(unit, begin.account, enabled ? "outdated" : "disabled");
        }
        Optional<List<SessionRow>> doomed = parts.sessions().room(others(unit, begin.account, replaced));
        if (doomed.isEmpty()) {
            return denied(unit, begin.account, "session-limit");
        }
        doomed.get().forEach(row -> end(unit, begin.account, row.id(), EndReason.SESSION_LIMIT));
        replaced.ifPresent(hash -> end(unit, hash, EndReason.REPLACED));
        Opened opened = parts.sessions().open(active.get(), begin.factorAt, begin.client);
        unit.sessions().create(opened.row());
        parts.trail().did(unit, "auth.login.succeeded", begin.account);
        noteDevice(unit, active.get(), begin.device.isPresent());
        Secret device = begin.device.orElseGet(() -> parts.devices().issue(begin.account));
        return new Login.SignedIn(begin.account, opened.tokens(), device);
    }

    /** In this transaction: another one beside it would want a second connection while this one holds the account. */
    private Login denied(AuthUnit unit, String account, String reason) {
        parts.trail()
                .did(
                        unit,
                        AuditEvent.denied("auth.login.failed", Actor.anonymous(), account)
                                .with("reason", reason));
        return new Login.Denied();
    }

    /** The owner hears of a device that is not known, but for the first sign-in there is. */
    private void noteDevice(AuthUnit unit, Account account, boolean known) {
        boolean first = unit.accounts().signedIn(account.id(), parts.clock().instant());
        if (!known && !first) {
            parts.mailer().send(unit.tx(), new AuthMail(Kind.NEW_DEVICE, account.email(), null));
        }
    }

    /** The account is locked: no sign-in runs beside this one, and none is overlooked. */
    private static List<SessionRow> others(AuthUnit unit, String account, Optional<TokenHash> replaced) {
        return unit.sessions().of(account).stream()
                .filter(row -> !replaced.equals(Optional.of(row.hash())))
                .toList();
    }

    /** A password that was changed since it was verified is proof of nothing. */
    private static boolean isAsProven(Account account, Beginning begin) {
        return isActive(account) && account.epoch() == begin.epoch;
    }

    private static boolean isActive(Account account) {
        return account.status() == Account.Status.ACTIVE;
    }

    /**
     * Ends an account's sessions but one, in the transaction of the change that they must not outlive; pass an empty ID
     * to end all. The account's epoch advances, so that whatever began before the change is dead on every instance, a
     * sign-in still under way included. It locks the account: call it before anything else of the same transaction
     * writes sessions.
     */
    void endAll(AuthUnit unit, String account, String exceptId, EndReason reason) {
        OptionalLong epoch = unit.accounts().advanceEpoch(account);
        if (epoch.isPresent()) {
            unit.sessions().endAll(account, exceptId, parts.sessions().end(reason));
            unit.sessions().carry(account, epoch.getAsLong());
            forget(unit, account);
        }
    }

    /** Has an account's sessions go on with other rights: they stay, and nothing remembered of them does. */
    void rights(AuthUnit unit, String account) {
        unit.accounts().advanceEpoch(account).ifPresent(epoch -> {
            unit.sessions().carry(account, epoch);
            forget(unit, account);
        });
    }

    /**
     * Gives a session new tokens, because what it may do changes: no token from before, stolen or planted, leads to the
     * new ones. Notes that a factor was used unless {@code factorAt} is null. Empty when the session is gone.
     */
    Optional<SessionTokens> rotate(AuthUnit unit, Session session, TokenHash from, @Nullable Instant factorAt) {
        // The account first, as everywhere, so that no two transactions wait for each other.
        unit.accounts().lock(session.account());
        Minted minted = parts.sessions().mint(session.id());
        boolean rotated = unit.sessions().rotate(from, minted.hash(), minted.lineage(), factorAt);
        forget(unit, session.account());
        return rotated ? Optional.of(minted.tokens()) : Optional.empty();
    }

    /** Has every instance look an account's sessions and keys up again, once this transaction is over. */
    void forget(AuthUnit unit, String account) {
        parts.news().tell(unit.tx(), account);
        unit.afterwards(() -> {
            parts.live().drop(account);
            parts.keys().drop(account);
        });
    }

    /** Ends one session of an account; false when it has none of this ID. */
    boolean end(AuthUnit unit, String account, String id, EndReason reason) {
        boolean ended = unit.sessions().end(account, id, parts.sessions().end(reason));
        if (ended) {
            forget(unit, account);
        }
        return ended;
    }

    /** Whose session of this token was ended now, if it was one. */
    Optional<String> end(AuthUnit unit, TokenHash hash, EndReason reason) {
        Optional<String> account =
                unit.sessions().find(hash).map(found -> found.account().id());
        account.ifPresent(found -> forget(unit, found));
        return account.filter(
                found -> unit.sessions().end(hash, parts.sessions().end(reason)));
    }

    /** Ends what is over, and removes what has been for long enough: says how many rows were removed. */
    int purge() {
        Instant now = parts.clock().instant();
        Duration idle = parts.sessions().settings().idle();
        parts.store().read(unit -> unit.sessions().expire(now, idle));
        return parts.store()
                .read(unit -> unit.sessions()
                                .purge(
                                        now.minus(REASON_KEPT),
                                        parts.sessions().idleSince().minus(REASON_KEPT))
                        + unit.tickets().purge(now)
                        + unit.attempts().purge(now)
                        + unit.keys().purge(now.minus(ApiKeys.SHOWN_EXPIRED)));
    }

    /**
     * What a session begins with.
     *
     * @param account whose it is
     * @param epoch the account's when the password was verified
     * @param factorAt when a second factor was used, null when none was
     * @param client the client in a few words
     * @param device the token of a device that is known already
     */
    record Beginning(String account, long epoch, @Nullable Instant factorAt, String client, Optional<Secret> device) {}
}
