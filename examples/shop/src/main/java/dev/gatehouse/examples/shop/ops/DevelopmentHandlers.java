// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.provider.Providers;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the providers saw, for people who develop. These routes do not exist in production. */
public final class DevelopmentHandlers {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Providers providers;

    /** Asks {@code providers} through {@code client}. */
    public DevelopmentHandlers(HttpClient client, Providers providers) {
        this.client = client;
        this.providers = providers;
    }

    /** GET /dev/mailbox. */
    public Answer mailbox(Call call) throws IOException, InterruptedException {
        String to = call.query("to").orElseThrow(() -> Refusal.of("to", "must be an address"));
        return ask(URI.create(providers.mail() + "/messages?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8)));
    }

    /** GET /dev/payments. */
    public Answer ledger(Call call) throws IOException, InterruptedException {
        return ask(URI.create(providers.payments() + "/charges"));
    }

    private Answer ask(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return Answer.json(200, response.body());
            }
        } catch (IOException e) {
            throw Refusal.of(503, "Provider down", "The provider does not answer.");
        }
        throw Refusal.of(503, "Provider down", "The provider answered otherwise than agreed.");
    }
}
