// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.AuthMail;
import dev.gatehouse.auth.AuthMailer;
import dev.gatehouse.config.Secret;
import dev.gatehouse.context.RequestId;
import dev.gatehouse.examples.shop.outbox.Mail;
import dev.gatehouse.examples.shop.outbox.Outbox;
import dev.gatehouse.jdbc.Tx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The words of the mails about accounts; they leave with the transaction of what they tell about. */
public final class AuthMails implements AuthMailer {

    private final Outbox outbox;
    private final URI publicUrl;

    /** Mails through {@code outbox}, with links below {@code publicUrl}. */
    public AuthMails(Outbox outbox, URI publicUrl) {
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    @Override
    public void send(Tx tx, AuthMail mail) {
        outbox.add(tx, words(mail).message(), Duration.ZERO);
    }

    private Mail words(AuthMail mail) {
        String id = RequestId.generate();
        Optional<String> token = Optional.ofNullable(mail.token()).map(Secret::reveal);
        return switch (mail.kind()) {
            case VERIFY ->
                new Mail(
                        id,
                        mail.to(),
                        "Confirm your address at the Corner Shop",
                        "Open " + link("/verify", token) + " to confirm that this address is yours.",
                        token);
            case ALREADY_REGISTERED ->
                Mail.of(
                        id,
                        mail.to(),
                        "You have an account at the Corner Shop already",
                        "Somebody, perhaps you, asked for an account with this address. You have one: sign in at "
                                + link("/sign-in", Optional.empty()) + ". If it was not you, nothing has changed.");
            case SIGN_IN_THROTTLED ->
                Mail.of(
                        id,
                        mail.to(),
                        "Many failed sign-ins to your account at the Corner Shop",
                        "Somebody, perhaps you, gave a wrong password too often. For a while nobody can sign in to your"
                                + " account from a new device. If it was not you, nothing has changed.");
            case DECOY -> Mail.decoy(id);
        };
    }

    private String link(String path, Optional<String> token) {
        return publicUrl.resolve(path) + token.map(value -> "?token=" + value).orElse("");
    }
}
