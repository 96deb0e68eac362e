// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import dev.gatehouse.examples.shop.json.Json;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.json.JsonWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

/**
 * The mail provider: {@code PUT /messages/{id}} delivers a mail once, {@code GET /messages?to=ADDRESS} is a mailbox,
 * newest first. It keeps the newest {@value #KEPT} mails.
 */
final class MailProvider implements Provider {

    private static final int KEPT = 5_000;
    private static final int SHOWN = 200;
    private static final String MESSAGES = "/messages";

    private final Journal journal;
    private final Deque<Mail> newestFirst = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final ProviderServer server;

    /** Starts it with the mails of {@code file}. */
    MailProvider(Path file) {
        this.journal = Journal.open(file, KEPT);
        journal.lines().forEach(line -> keep(Json.object(line, Mail::from)));
        this.server = ProviderServer.start("mail", this::answer);
    }

    @Override
    public URI url() {
        return server.url();
    }

    private ProviderServer.Reply answer(ProviderServer.Call call) {
        if (call.method().equals("GET") && call.path().equals(MESSAGES)) {
            return mailbox(call.parameter("to"));
        }
        if (call.method().equals("PUT") && call.path().startsWith(MESSAGES + "/")) {
            return deliver(Json.object(call.body(), Mail::from));
        }
        return new ProviderServer.Reply(404, "{}");
    }

    private synchronized ProviderServer.Reply deliver(Mail mail) {
        if (!known.contains(mail.id())) {
            journal.append(mail.toJson());
            keep(mail);
        }
        return new ProviderServer.Reply(204, "");
    }

    private synchronized void keep(Mail mail) {
        newestFirst.addFirst(mail);
        known.add(mail.id());
        if (newestFirst.size() > KEPT) {
            known.remove(newestFirst.removeLast().id());
        }
    }

    private synchronized ProviderServer.Reply mailbox(String to) {
        String address = to.toLowerCase(Locale.ROOT);
        JsonWriter json = new JsonWriter().beginArray();
        Iterator<Mail> mails = newestFirst.stream()
                .filter(mail -> mail.to().toLowerCase(Locale.ROOT).equals(address))
                .limit(SHOWN)
                .iterator();
        mails.forEachRemaining(mail -> mail.writeTo(json));
        return new ProviderServer.Reply(200, json.endArray().toString());
    }

    @Override
    public void close() {
        server.close();
        closeJournal();
    }

    private synchronized void closeJournal() {
        journal.close();
    }
}
