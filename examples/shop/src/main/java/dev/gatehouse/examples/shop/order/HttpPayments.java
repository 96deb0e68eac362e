// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.json.JsonWriter;
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

/** Charges orders over HTTP. PUT with the order's ID, so that trying again charges nothing twice. */
public final class HttpPayments implements Payments {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPayments.class);

    private final Guard guard;
    private final HttpClient client;
    private final Supplier<URI> provider;

    /** Charges at {@code provider}, behind {@code guard}. */
    public HttpPayments(Guard guard, HttpClient client, Supplier<URI> provider) {
        this.guard = guard;
        this.client = client;
        this.provider = provider;
    }

    @Override
    public Charge charge(Order order) {
        JsonWriter body = new JsonWriter()
                .beginObject()
                .field("amount", order.total())
                .field("currency", order.currency())
                .field("card", order.card());
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.get() + "/charges/" + order.id()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body.endObject().toString()))
                .build();
        Outcome<HttpResponse<String>> outcome = guard.send(client, request, BodyHandlers.ofString());
        if (outcome instanceof Outcome.Served<HttpResponse<String>> served) {
            return charge(order, served.value().statusCode());
        }
        if (outcome instanceof Outcome.Unserved<HttpResponse<String>> unserved) {
            LOG.warn("order {}: not charged yet: {}", order.id(), unserved.reason());
        }
        return Charge.UNAVAILABLE;
    }

    private static Charge charge(Order order, int status) {
        return switch (status) {
            case 200, 201 -> Charge.CHARGED;
            case 402 -> Charge.DECLINED;
            default -> {
                LOG.error("order {}: the payment provider answered {}", order.id(), status);
                yield Charge.UNAVAILABLE;
            }
        };
    }
}
