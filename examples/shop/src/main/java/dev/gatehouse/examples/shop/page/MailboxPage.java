// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The development mailbox for people; programs get the JSON itself. */
public final class MailboxPage implements Handler {

    private static final Pattern LINK = Pattern.compile("https?://[^/\\s]+(/[a-z/-]+\\?token=[A-Za-z0-9._~-]+)");

    private final Handler json;
    private final Pages pages;

    /** Shows what {@code json} answers. */
    public MailboxPage(Handler json, Pages pages) {
        this.json = json;
        this.pages = pages;
    }

    @Override
    public Answer handle(Call call) throws Exception {
        if (!call.wantsHtml()) {
            return json.handle(call);
        }
        String to = call.query("to").orElse("");
        List<Map<String, String>> mails = to.isEmpty()
                ? List.of()
                : mails(json.handle(call)).stream().map(MailboxPage::shown).toList();
        return pages.page(call.exchange(), "mailbox", "Mailbox", Map.of("to", to, "mails", mails));
    }

    /** A letter, with its link as one of this very shop, whatever its public URL is. */
    private static Map<String, String> shown(Object mail) {
        Map<?, ?> fields = (Map<?, ?>) mail;
        String text = String.valueOf(fields.get("text"));
        Matcher link = LINK.matcher(text);
        return Map.of(
                "subject",
                String.valueOf(fields.get("subject")),
                "text",
                text,
                "link",
                link.find() ? link.group(1) : "");
    }

    private static List<?> mails(Answer answer) {
        if (!(answer instanceof Answer.Response response)) {
            return List.of();
        }
        Parsed parsed = JsonReader.read(response.text().getBytes(StandardCharsets.UTF_8));
        return parsed instanceof Parsed.Value value && value.value() instanceof List<?> list ? list : List.of();
    }
}
