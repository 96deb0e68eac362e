// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.AuthMail;
import dev.gatehouse.auth.AuthMailer;
import dev.gatehouse.config.Secret;
import dev.gatehouse.context.RequestId;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.resilience.queue.JobQueue;
import java.net.URI;
import java.util.Optional;

/** The words of the mails about accounts; they leave with the transaction of what they tell about. */
public final class AuthMails implements AuthMailer {

    private final JobQueue queue;
    private final URI publicUrl;

    /** Mails through {@code queue}, with links below {@code publicUrl}. */
    public AuthMails(JobQueue queue, URI publicUrl) {
        this.queue = queue;
        this.publicUrl = publicUrl;
    }

    @Override
    public void send(Tx tx, AuthMail mail) {
        queue.enqueue(tx, words(mail).job());
    }

    private Mail words(AuthMail mail) {
        return switch (mail.kind()) {
            case VERIFY ->
                linked(
                        mail,
                        "Confirm your address at the Corner Shop",
                        "/verify",
                        "to confirm that this address is yours");
            case ALREADY_REGISTERED ->
                plain(
                        mail,
                        "You have an account at the Corner Shop already",
                        "Somebody, perhaps you, asked for an account with this address. You have one: sign in at "
                                + link("/sign-in", Optional.empty()) + ". If it was not you, nothing has changed.");
            case SIGN_IN_THROTTLED ->
                linked(
                        mail,
                        "Many failed sign-ins to your account at the Corner Shop",
                        "/unlock",
                        "to sign in from a new device all the same. Somebody, perhaps you, gave a wrong password too often,"
                                + " and for a while no more are tried. If it was not you, nothing has changed");
            case FACTOR_THROTTLED ->
                plain(
                        mail,
                        "Many wrong codes for your account at the Corner Shop",
                        "Somebody who knows your password, perhaps you, gave a wrong code too often, and for a while no more"
                                + " are tried. If it was not you, choose a new password at "
                                + link("/reset-request", Optional.empty()) + " at once.");
            case UNLOCK -> linked(mail, "Sign in to the Corner Shop again", "/unlock", "to sign in from this device");
            case RESET_PASSWORD ->
                linked(
                        mail,
                        "Choose a new password for the Corner Shop",
                        "/reset",
                        "within half an hour to choose a new password. If you did not ask for it, nothing has changed");
            case CONFIRM_EMAIL ->
                linked(
                        mail,
                        "Confirm your new address at the Corner Shop",
                        "/email/confirm",
                        "within an hour to confirm that your account shall have this address");
            case EMAIL_CHANGED -> emailChanged(mail);
            case PASSWORD_CHANGED -> changed(mail, "the password was changed");
            case NEW_DEVICE -> changed(mail, "somebody signed in from a new device");
            case FACTOR_ADDED -> changed(mail, "a generator of one-time passwords was added");
            case FACTOR_REMOVED -> changed(mail, "the generator of one-time passwords was removed");
            case RECOVERY_CODES_REPLACED -> changed(mail, "the recovery codes were replaced");
            case RECOVERY_CODE_USED -> changed(mail, "a recovery code was used");
            case API_KEY_CREATED -> changed(mail, "an API key was made, which acts for you until it expires");
            case DECOY -> Mail.decoy(RequestId.generate());
        };
    }

    private Mail emailChanged(AuthMail mail) {
        return mail.token() == null
                ? changed(mail, "the address was changed")
                : linked(
                        mail,
                        "Your account at the Corner Shop has another address",
                        "/email/revert",
                        "within seven days if it was not you who changed it: the account gets this address back");
    }

    private Mail changed(AuthMail mail, String what) {
        return plain(
                mail,
                "News of your account at the Corner Shop",
                "In your account, " + what + ". If it was not you, choose a new password at "
                        + link("/reset-request", Optional.empty()) + " at once.");
    }

    private static Mail plain(AuthMail mail, String subject, String text) {
        return Mail.of(RequestId.generate(), mail.to(), subject, text);
    }

    private Mail linked(AuthMail mail, String subject, String path, String why) {
        Optional<String> token = Optional.ofNullable(mail.token()).map(Secret::reveal);
        String text = "Open " + link(path, token) + " " + why + ".";
        return new Mail(RequestId.generate(), mail.to(), subject, text, token);
    }

    private String link(String path, Optional<String> token) {
        return publicUrl.resolve(path) + token.map(value -> "?token=" + value).orElse("");
    }
}
