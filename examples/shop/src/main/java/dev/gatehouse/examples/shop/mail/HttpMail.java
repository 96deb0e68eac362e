// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.mail;

import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.queue.JobHandler;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.JobRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

/**
 * Delivers mails over HTTP. PUT with the mail's ID, which the provider delivers once: the same at every attempt, and at an
 * attempt that was begun before a restart.
 */
public final class HttpMail implements JobHandler {

    private final Guard guard;
    private final HttpClient client;
    private final Supplier<URI> provider;

    /** Delivers to wherever {@code provider} is, behind {@code guard}. */
    public HttpMail(Guard guard, HttpClient client, Supplier<URI> provider) {
        this.guard = guard;
        this.client = client;
        this.provider = provider;
    }

    @Override
    public JobResult run(JobRun run) {
        Mail mail = Mail.from(run.payload());
        return mail.isDecoy() ? JobResult.done() : deliver(mail);
    }

    private JobResult deliver(Mail mail) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.get() + "/messages/" + mail.id()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(mail.toJson()))
                .build();
        Outcome<HttpResponse<Void>> outcome = guard.send(client, request, BodyHandlers.discarding());
        if (outcome instanceof Outcome.Served<HttpResponse<Void>> served) {
            int status = served.value().statusCode();
            return status < 300 ? JobResult.done() : JobResult.later("the provider answered " + status);
        }
        return JobResult.later(((Outcome.Unserved<HttpResponse<Void>>) outcome).reason());
    }
}
