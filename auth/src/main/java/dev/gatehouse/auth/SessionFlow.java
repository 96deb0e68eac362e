// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins, lists and ends sessions. Every way to sign in ends here, so here an account's status is checked. */
final class SessionFlow {

    private final Parts parts;

    SessionFlow(Parts parts) {
        this.parts = parts;
    }

    /** What devices are bound to: the key of the account's address. */
    static String identifier(Account account) {
        return EmailAddress.parse(account.email()).map(EmailAddress::key).orElse(account.email());
    }

    /** Begins a session and ends the one it replaces. The token is always fresh, never one that the client brought. */
    Login open(AuthUnit unit, Beginning begin, Optional<TokenHash> replaced) {
        Optional<Account> active =
                unit.accounts().find(begin.account).filter(found -> found.status() == Account.Status.ACTIVE);
        if (active.isEmpty()) {
            return new Login.Denied();
        }
        replaced.ifPresent(hash -> endReplaced(unit, hash));
        Issued token = parts.tokens().issue();
        unit.sessions().create(parts.sessions().open(token.hash(), begin.account, begin.factorAt, begin.client));
        parts.trail().did(unit, "auth.login.succeeded", begin.account);
        Secret device = begin.device.orElseGet(() -> parts.devices().issue(identifier(active.get())));
        return new Login.SignedIn(begin.account, token.token(), device);
    }

    private void endReplaced(AuthUnit unit, TokenHash hash) {
        unit.sessions().end(hash);
        parts.live().drop(hash);
    }

    void logout(Secret token) {
        TokenHash.of(token).ifPresent(hash -> {
            parts.store().transact(unit -> {
                String account = unit.sessions()
                        .find(hash)
                        .map(found -> found.account().id())
                        .orElse(null);
                if (account != null && unit.sessions().end(hash)) {
                    parts.trail().did(unit, "auth.logout", account);
                }
                return true;
            });
            parts.live().drop(hash);
        });
    }

    List<SessionSummary> list(Session asking) {
        return parts.store().read(unit -> unit.sessions().of(asking.account())).stream()
                .filter(parts.sessions()::isLive)
                .map(row -> summary(row, asking))
                .toList();
    }

    private static SessionSummary summary(SessionRow row, Session asking) {
        return new SessionSummary(
                row.id(), row.id().equals(asking.id()), row.signedInAt(), row.lastSeenAt(), row.client());
    }

    boolean revoke(Session asking, String id) {
        boolean ended = parts.store().transact(unit -> {
            boolean found = unit.sessions().end(asking.account(), id);
            if (found) {
                parts.trail().did(unit, "auth.session.revoked", asking.account());
            }
            return found;
        });
        parts.live().dropAll();
        return ended;
    }

    void revokeOthers(Session asking) {
        parts.store().transact(unit -> {
            unit.sessions().endAll(asking.account(), asking.id());
            parts.trail().did(unit, "auth.sessions.revoked", asking.account());
            return true;
        });
        parts.live().dropAll();
    }

    /** Removes what is over: sessions, tickets, attempts. Says how many rows. */
    int purge() {
        Instant now = parts.clock().instant();
        return parts.store()
                .read(unit -> unit.sessions().purge(now, parts.sessions().idleSince())
                        + unit.tickets().purge(now)
                        + unit.attempts().purge(now));
    }

    /**
     * What a session begins with.
     *
     * @param account whose it is
     * @param factorAt when a second factor was used, null when none was
     * @param client the client in a few words
     * @param device the token of a device that is known already
     */
    record Beginning(String account, @Nullable Instant factorAt, String client, Optional<Secret> device) {}
}
