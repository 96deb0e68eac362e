// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;

/**
 * Changing an account's password and address, and getting back into it. What is asked for by address does the same work
 * whether or not there is such an account, and says nothing; how often is bounded for each address, unknown ones too.
 * Mailed tokens are good once and for a while; call what takes one from a POST only, for mail scanners open links.
 * Thread-safe (ASVS 5.0: 6.2.2, 6.2.3, 6.3.7, 6.3.8, 6.4.3, 7.4.3).
 */
public final class Recovery {

    private final ResetFlow resets;
    private final PasswordFlow passwords;
    private final EmailWish wishes;
    private final EmailFlow emails;
    private final UnlockFlow unlocks;

    Recovery(Parts parts, SessionFlow sessions) {
        PasswordCheck check = new PasswordCheck(parts);
        OwnSession own = new OwnSession(parts, sessions);
        this.resets = new ResetFlow(parts, sessions);
        this.passwords = new PasswordFlow(parts, check, own);
        this.wishes = new EmailWish(parts, check, own);
        this.emails = new EmailFlow(parts, sessions);
        this.unlocks = new UnlockFlow(parts);
    }

    /** Mails a token for {@link #resetPassword}, good for 30 minutes, if the address has an active account. */
    public void requestReset(String email) {
        resets.request(email);
    }

    /**
     * Gives the token's account a new password. Its sessions, its other tokens and a pending change of its address are
     * dead; its factors are kept; nobody is signed in.
     */
    public PasswordReset resetPassword(Secret token, Secret password) {
        return resets.reset(token, password);
    }

    /** Changes the password of the session's account; every other session ends. */
    public PasswordChange changePassword(Secret sessionToken, Secret current, Secret chosen) {
        return passwords.change(sessionToken, current, chosen);
    }

    /** Has the session count as freshly signed in, for the password. */
    public Reauthentication reauthenticate(Secret sessionToken, Secret password) {
        return passwords.again(sessionToken, password);
    }

    /** Mails a token for {@link #confirmEmailChange} to the new address, good for an hour. */
    public EmailChange requestEmailChange(Secret sessionToken, String email, Secret password) {
        return wishes.request(sessionToken, email, password);
    }

    /**
     * Gives the token's account its new address; false for any bad token. Every session ends but the one that asked. The
     * former address gets a token for {@link #revertEmailChange}, good for seven days.
     */
    public boolean confirmEmailChange(Secret token) {
        return emails.confirm(token);
    }

    /** Gives the token's account its former address back, ends every session, and undoes every change of address since. */
    public EmailRevert revertEmailChange(Secret token) {
        return emails.revert(token);
    }

    /** Mails a token for {@link #unlock}, good for an hour, if the address has an active account. */
    public void requestUnlock(String email) {
        unlocks.request(email);
    }

    /** Lets the owner sign in from this device though others have used up the attempts. */
    public Unlock unlock(Secret token) {
        return unlocks.unlock(token);
    }
}
