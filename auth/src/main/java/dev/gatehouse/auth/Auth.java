// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionSummary;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts, sign-in and sessions. Works without the rest of Gatehouse. Thread-safe. */
public final class Auth {

    private Auth() {}

    /** Starts building one. */
    public static AuthBuilder builder() {
        return new AuthBuilder();
    }

    /** Asks for an account; it exists once the mailed token was given to {@link #verify}. */
    public Registration register(String email, Secret password) {
        return Unfinished.yet();
    }

    /** Confirms an address; false for any bad token. */
    public boolean verify(Secret token) {
        return Unfinished.yet();
    }

    /** Mails the token again, if a registration is pending; nothing shows whether one is. */
    public void requestVerification(String email) {
        Unfinished.yet();
    }

    /** Signs in with a password. */
    public Login login(LoginAttempt attempt) {
        return Unfinished.yet();
    }

    /** The second step of a sign-in. */
    public Login loginFactor(FactorAttempt attempt) {
        return Unfinished.yet();
    }

    /** The live session of this token; empty when there is none. Throws when the store cannot be asked. */
    public Optional<Session> session(Secret token) {
        return Unfinished.yet();
    }

    /** Ends the session of this token, at once; nothing happens when there is none. */
    public void logout(Secret token) {
        Unfinished.yet();
    }

    /** The live sessions of the account that asks. */
    public List<SessionSummary> sessions(Session asking) {
        return Unfinished.yet();
    }

    /** Ends one session of the account that asks; false when it has none of this ID. */
    public boolean revoke(Session asking, String id) {
        return Unfinished.yet();
    }

    /** Ends every other session of the account that asks. */
    public void revokeOthers(Session asking) {
        Unfinished.yet();
    }

    /** Starts enrolling a one-time password generator. */
    public Enrolment enrolTotp(Session asking) {
        return Unfinished.yet();
    }

    /** Confirms the generator with a code from it. */
    public Confirmation confirmTotp(Secret sessionToken, Secret code) {
        return Unfinished.yet();
    }

    /** Creates an active account with these roles at start-up; false when the address has an account already. */
    public boolean createAdministrator(String email, Secret password, Set<String> roles) {
        return Unfinished.yet();
    }

    /** The account of this ID or address. */
    public Optional<Account> account(String idOrEmail) {
        return Unfinished.yet();
    }

    /** Changes an account's roles; false when there is no such account. Its sessions follow within 5 s. */
    public boolean setRoles(Session asking, String account, Set<String> roles) {
        return Unfinished.yet();
    }

    /** Changes an account's status; false when there is no such account. Disabling ends its sessions. */
    public boolean setStatus(Session asking, String account, Account.Status status) {
        return Unfinished.yet();
    }

    /** The cookies' reader and writer. */
    public SessionCookies cookies() {
        return Unfinished.yet();
    }
}
