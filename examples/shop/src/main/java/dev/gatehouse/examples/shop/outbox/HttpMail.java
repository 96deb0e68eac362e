// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers mails over HTTP. PUT with the mail's ID, so that trying again delivers nothing twice. */
public final class HttpMail implements Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(HttpMail.class);

    private final Guard guard;
    private final HttpClient client;
    private final Supplier<URI> provider;

    /** Delivers to {@code provider}, behind {@code guard}. */
    public HttpMail(Guard guard, HttpClient client, Supplier<URI> provider) {
        this.guard = guard;
        this.client = client;
        this.provider = provider;
    }

    @Override
    public Result deliver(OutboxMessage message) {
        Mail mail = Mail.from(message);
        return mail.isDecoy() ? Result.DONE : deliver(mail);
    }

    private Result deliver(Mail mail) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.get() + "/messages/" + mail.id()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(mail.toJson()))
                .build();
        Outcome<HttpResponse<Void>> outcome = guard.send(client, request, BodyHandlers.discarding());
        if (outcome instanceof Outcome.Served<HttpResponse<Void>> served
                && served.value().statusCode() < 300) {
            return Result.DONE;
        }
        LOG.warn("mail {} is not delivered yet: {}", mail.id(), reason(outcome));
        return Result.LATER;
    }

    private static String reason(Outcome<HttpResponse<Void>> outcome) {
        return outcome instanceof Outcome.Unserved<HttpResponse<Void>> unserved
                ? unserved.reason()
                : "the provider refused it";
    }
}
