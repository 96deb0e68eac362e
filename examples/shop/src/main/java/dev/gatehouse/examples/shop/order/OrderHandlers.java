// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.feature.FeatureState;
import dev.gatehouse.resilience.feature.Features;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Orders over HTTP. */
public final class OrderHandlers {

    private static final Set<String> CARDS = Set.of("visa", "mastercard");
    private static final int MOST_LINES = 50;
    private static final int LISTED = 100;
    private static final int EXPORTED = 10_000;
    private static final String KEY = "Idempotency-Key";

    private final Checkout checkout;
    private final OrderStore orders;
    private final Catalogue catalogue;
    private final Function<String, Optional<String>> emails;
    private final Features features;

    /** Places orders through {@code checkout}; {@code emails} knows an account's address, {@code features} what works. */
    public OrderHandlers(
            Checkout checkout,
            OrderStore orders,
            Catalogue catalogue,
            Function<String, Optional<String>> emails,
            Features features) {
        this.checkout = checkout;
        this.orders = orders;
        this.catalogue = catalogue;
        this.emails = emails;
        this.features = features;
    }

    /** POST /api/orders. */
    public Answer place(Call call) throws IOException, SQLException {
        refuseWhileOff(features);
        byte[] body = call.jsonBody();
        Optional<RequestKey> key = key(call, body);
        Basket basket = call.json(body, this::basket);
        Customer customer =
                new Customer(call.account(), emails.apply(call.account()).orElse(""));
        return answer(checkout.place(customer, basket, key));
    }

    /** Refuses to sell while somebody has turned it off. */
    public static void refuseWhileOff(Features features) {
        if (features.isTurnedOff("checkout")) {
            throw new Refusal(features.problem("checkout", Locale.ENGLISH));
        }
    }

    /** What a customer is told whose order is not paid yet, now and whenever the answer is given again. */
    public static String pending(Features features) {
        return features.tell("checkout", FeatureState.DEGRADED, Locale.ENGLISH).sentence();
    }

    private static Optional<RequestKey> key(Call call, byte[] body) {
        String key = call.exchange().header(KEY);
        if (key != null && !RequestKey.isValid(key)) {
            throw Refusal.of(KEY, "must be 1 to 255 visible ASCII characters");
        }
        return Optional.ofNullable(key).map(value -> RequestKey.of(value, body));
    }

    private Basket basket(JsonFields body) {
        List<Order.Line> lines = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        for (JsonFields item : body.objects("items", 1, MOST_LINES)) {
            lines.add(line(item, skus));
        }
        String card = body.optionalText("card", 1, 20).orElse("visa");
        if (!CARDS.contains(card)) {
            body.refuse("card", "must be visa or mastercard");
        }
        return new Basket(lines, card);
    }

    private Order.Line line(JsonFields item, Set<String> skus) {
        String sku = item.text("sku", 1, 40);
        int quantity = (int) item.integer("quantity", 1, 99);
        if (!skus.add(sku)) {
            item.refuse("sku", "must be named once");
        } else if (catalogue.find(sku).isEmpty()) {
            item.refuse("sku", "must be a product of the shop");
        }
        return new Order.Line(
                sku,
                quantity,
                catalogue.find(sku).map(product -> product.price()).orElse(0L));
    }

    private Answer answer(Placement placement) {
        if (placement instanceof Placement.Placed placed) {
            return placed(placed);
        }
        throw placement instanceof Placement.KeyReused
                ? Refusal.of(KEY, "was used for another request")
                : new Refusal(Problem.of(409, "Still running", "The first request with this key is still running.")
                        .header("Retry-After", "1"));
    }

    /** A function of the order alone, so that a repeated request is answered like the first. */
    private Answer placed(Placement.Placed placed) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("id", placed.order())
                .field("status", placed.state().word());
        return switch (placed.state()) {
            case PAID -> Answer.json(201, json.endObject());
            case PAYMENT_PENDING ->
                Answer.json(202, json.field("notice", pending(features)).endObject());
            case DECLINED ->
                Answer.problem(Problem.of(402, "Card declined", "The card's issuer declined the payment.")
                        .with("id", placed.order()));
        };
    }

    /** GET /api/orders. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        orders.newest(call.account(), LISTED).forEach(order -> order.writeTo(json));
        return Answer.json(200, json.endArray());
    }

    /** GET /api/orders/{id}. */
    public Answer one(Call call) {
        JsonWriter json = new JsonWriter();
        orders.find(call.account(), call.exchange().pathVariable("id"))
                .orElseThrow(() -> new Refusal(Problems.notFound()))
                .writeTo(json);
        return Answer.json(200, json);
    }

    /** GET /api/orders/export. */
    public Answer export(Call call) {
        String csv = OrdersCsv.of(orders.newest(call.account(), EXPORTED));
        return Answer.of(200, "text/csv; charset=utf-8", csv)
                .header("Content-Disposition", "attachment; filename=\"orders.csv\"");
    }
}
