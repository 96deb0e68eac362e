// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.access.Authorization;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.config.Secret;
import dev.gatehouse.http.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts, sign-in and sessions. Works without the rest of Gatehouse. Thread-safe.
 *
 * <p>When the store cannot be asked, every method throws {@link dev.gatehouse.auth.store.AuthStoreException} and nobody
 * is let in: answer 503.
 */
public final class Auth {

    private final Parts parts;
    private final LiveKeys.Rules rules;
    private final SessionCookies cookies;
    private final RegistrationFlow registrations;
    private final SessionFlow sessions;
    private final SessionList list;
    private final RefreshFlow refreshes;
    private final LoginFlow logins;
    private final FactorFlow factors;
    private final AccountFlow accounts;
    private final Recovery recovery;
    private final AccountFactors accountFactors;
    private final ApiKeys keys;
    private final Impersonation impersonation;

    Auth(Parts parts, LiveKeys.Rules rules, SessionCookies cookies) {
        this.parts = parts;
        this.rules = rules;
        this.cookies = cookies;
        this.registrations = new RegistrationFlow(parts);
        this.sessions = new SessionFlow(parts);
        this.list = new SessionList(parts, sessions);
        this.refreshes = new RefreshFlow(parts, sessions, parts.refreshing());
        this.logins = new LoginFlow(parts, sessions);
        this.factors = new FactorFlow(parts, sessions);
        this.accounts = new AccountFlow(parts, sessions, rules.roles());
        this.recovery = new Recovery(parts, sessions);
        this.accountFactors = new AccountFactors(parts, sessions);
        this.keys = new ApiKeys(parts, sessions, rules.scopes());
        this.impersonation = new Impersonation(parts, sessions);
    }

    /** Starts building one. */
    public static AuthBuilder builder() {
        return new AuthBuilder();
    }

    /** Asks for an account; it exists once the mailed token was given to {@link #verify}, within 24 hours. */
    public Registration register(String email, Secret password) {
        return registrations.register(email, password);
    }

    /** Confirms an address and makes its account; false for any bad token. */
    public boolean verify(Secret token) {
        return registrations.verify(token);
    }

    /** Mails a token again, if a registration is pending; nothing shows whether one is. */
    public void requestVerification(String email) {
        registrations.requestAgain(email);
    }

    /** Signs in with a password. */
    public Login login(LoginAttempt attempt) {
        return logins.login(attempt);
    }

    /** The second step of a sign-in. */
    public Login loginFactor(FactorAttempt attempt) {
        return factors.login(attempt);
    }

    /** The live session of this token, as it was at most five seconds ago; empty when there is none. */
    public Optional<Session> session(Secret token) {
        return parts.live().find(token);
    }

    /**
     * The same as the store has it now: one round trip. For what must not rely on an answer up to five seconds old; the
     * gate uses it for every route that demands a factor, a recent sign-in or a privileged permission.
     */
    public Optional<Session> sessionNow(Secret token) {
        return parts.live().findNow(token);
    }

    /**
     * Exchanges a refresh token for the next tokens of the same session. The session's end stays where it was; the refresh
     * counts as a use of it. The generation before is answered with the same successor for ten seconds; any older one ends
     * the session.
     */
    public Refresh refresh(Secret refreshToken) {
        return refreshes.refresh(refreshToken);
    }

    /** Why the session of this token is over, for a week; empty when it is live or unknown. */
    public Optional<EndReason> whyEnded(Secret token) {
        return list.whyEnded(token);
    }

    /**
     * Ends the session of this token; silent when there is none. It is dead at once here and where {@link #listen} hears
     * of it, and within five seconds elsewhere.
     */
    public void logout(Secret token) {
        list.logout(token);
    }

    /** The live sessions of the account that asks, the latest used first. */
    public List<SessionSummary> sessions(Session asking) {
        return list.of(asking);
    }

    /** Ends one session of the account that asks; false when it has none of this ID. */
    public boolean revoke(Session asking, String id) {
        return list.revoke(asking, id);
    }

    /** Ends every other session of the account that asks. */
    public void revokeOthers(Session asking) {
        list.revokeOthers(asking);
    }

    /** Ends every session of the account that asks, its own too. */
    public void revokeAll(Session asking) {
        list.revokeAll(asking);
    }

    /** Changing a password or an address, and getting back into an account. */
    public Recovery recovery() {
        return recovery;
    }

    /** Second factors of a signed-in account. */
    public AccountFactors factors() {
        return accountFactors;
    }

    /**
     * Creates an active account with these roles at start-up; false when the address has an account already, which is
     * then left as it is. Throws when the password or a role is not acceptable.
     */
    public boolean createAdministrator(String email, Secret password, Set<String> granted) {
        return accounts.createAdministrator(email, password, granted);
    }

    /** The account of this ID or address. */
    public Optional<Account> account(String idOrEmail) {
        return accounts.find(idOrEmail);
    }

    /** Changes an account's roles. Its sessions stay, with other permissions. */
    public AccountChange setRoles(Session asking, String account, Set<String> granted) {
        return accounts.setRoles(asking, account, granted);
    }

    /** Changes an account's status. Disabling ends its sessions and API keys. */
    public AccountChange setStatus(Session asking, String account, Account.Status status) {
        return accounts.setStatus(asking, account, status);
    }

    /** Hears from now on what other instances tell by {@link AuthBuilder#sessionNews}. {@link AuthGate} calls it. */
    public SessionNews.Subscription listen() {
        return parts.news().listen(new NewsDesk(parts));
    }

    /** Removes expired sessions, tickets and attempts, and says how many. {@link AuthGate} calls it every minute. */
    public int purge() {
        return sessions.purge();
    }

    /** What the caller of this request may do; it is found out by {@link AuthGate}'s interceptors. */
    public Authorization authorize(Exchange exchange) {
        Optional<LiveKey> key = AuthGate.key(exchange);
        return key.isPresent()
                ? Authorization.of(key.get().account(), key.get().permissions(), Set.of(), parts.denials()::of)
                : AuthGate.session(exchange)
                        .map(this::authorize)
                        .orElseGet(() -> Authorization.ofStranger(parts.denials()::of));
    }

    /** What this session may do. */
    public Authorization authorize(Session session) {
        return Authorization.of(session.account(), session.permissions(), session.withheld(), parts.denials()::of);
    }

    /** API keys. */
    public ApiKeys keys() {
        return keys;
    }

    /** Acting as another account. */
    public Impersonation impersonation() {
        return impersonation;
    }

    /** The cookies' reader and writer. */
    public SessionCookies cookies() {
        return cookies;
    }

    /** The same flows over other parts, for a rehearsal. */
    Auth staged(Parts other) {
        return new Auth(other, rules, cookies);
    }

    Parts parts() {
        return parts;
    }

    Roles roles() {
        return rules.roles();
    }
}
