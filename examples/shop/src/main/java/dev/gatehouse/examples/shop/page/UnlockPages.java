// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Unlock;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.MailLimit;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.io.IOException;
import java.util.Optional;

/** For owners who cannot sign in because somebody else tries wrong passwords: their own way in, by mail. */
final class UnlockPages {

    private static final String PAGE = "/unlock";
    private static final String TITLE = "Unlock your sign-in";

    private final MailedToken link = new MailedToken("unlock-link", PAGE);
    private final Auth auth;
    private final MailLimit mailLimit;
    private final Pages pages;

    UnlockPages(Auth auth, MailLimit mailLimit, Pages pages) {
        this.auth = auth;
        this.mailLimit = mailLimit;
        this.pages = pages;
    }

    Answer form(Call call) {
        return link.moved(call).orElseGet(() -> ask(call));
    }

    private Answer ask(Call call) {
        if (link.held(call).isEmpty()) {
            return pages.form(200, call.exchange(), TITLE, letter());
        }
        FormView form = FormView.to(PAGE, "Unlock it for this device")
                .lead("Then sign in from this device as usual, whatever others try meanwhile.");
        return pages.form(200, call.exchange(), TITLE, form);
    }

    private static FormView letter() {
        return FormView.to("/unlock-request", "Send me a letter")
                .lead(
                        "After too many wrong passwords we refuse right ones too, for a while. A letter lets you in before.")
                .field(Field.email());
    }

    Answer request(Call call) throws IOException {
        Optional<String> email = call.form().field("email");
        if (email.isEmpty()) {
            return pages.form(
                    422, call.exchange(), TITLE, letter().error("email", "Type the address of your account."));
        }
        mailLimit.take(email.get());
        auth.recovery().requestUnlock(email.get());
        String text = "If there is an account with this address, a letter is on its way. Its link is good for an hour.";
        return pages.message(202, call.exchange(), "Check your mail", text);
    }

    Answer unlock(Call call) {
        Optional<Secret> token = link.held(call);
        link.forget(call);
        if (token.isPresent() && auth.recovery().unlock(token.get()) instanceof Unlock.Unlocked unlocked) {
            auth.cookies().writeDevice(call.exchange(), unlocked.device());
            return Answer.seeOther(Notices.at("/sign-in", "unlocked"));
        }
        return pages.form(400, call.exchange(), "That did not work", letter().problem(MailedToken.BAD));
    }
}
