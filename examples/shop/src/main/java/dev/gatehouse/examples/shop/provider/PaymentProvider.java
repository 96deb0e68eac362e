// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import dev.gatehouse.examples.shop.json.Json;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The payment provider: {@code PUT /charges/{order}} charges an order once, {@code GET /charges} is the ledger. The
 * order's ID is the idempotency key: the same charge again is answered like the first, another amount is refused with
 * 409. A charge above {@link #CARD_LIMIT} is declined with 402 and leaves no trace.
 */
final class PaymentProvider implements Provider {

    /** The most that a card pays at once, in cents. */
    static final long CARD_LIMIT = 10_000_00;

    private static final int MOST_CHARGES = 1_000_000;
    private static final String CHARGES = "/charges";

    private final InstantSource clock;
    private final Journal journal;
    private final Map<String, Charge> ledger = new TreeMap<>();
    private final List<Charge> inOrder = new ArrayList<>();
    private final ProviderServer server;

    private record Charge(String order, long amount, Instant at) {

        static Charge from(JsonFields fields) {
            return new Charge(
                    fields.text("order", 1, 64),
                    fields.integer("amount", 1, CARD_LIMIT),
                    Instant.parse(fields.text("at", 1, 40)));
        }

        String toJson() {
            JsonWriter json = new JsonWriter();
            writeTo(json);
            return json.toString();
        }

        void writeTo(JsonWriter json) {
            json.beginObject()
                    .field("order", order)
                    .field("amount", amount)
                    .field("at", at)
                    .endObject();
        }
    }

    private record Ask(long amount, String card) {

        static Ask from(JsonFields fields) {
            return new Ask(fields.integer("amount", 1, Long.MAX_VALUE), fields.text("card", 1, 20));
        }
    }

    /** Starts it with the ledger of {@code file}. */
    PaymentProvider(Path file, InstantSource clock) {
        this.clock = clock;
        this.journal = Journal.open(file, MOST_CHARGES);
        journal.lines().forEach(line -> keep(Json.object(line, Charge::from)));
        this.server = ProviderServer.start("payments", this::answer);
    }

    @Override
    public URI url() {
        return server.url();
    }

    private ProviderServer.Reply answer(ProviderServer.Call call) {
        if (call.method().equals("GET") && call.path().equals(CHARGES)) {
            return ledger();
        }
        if (call.method().equals("PUT") && call.path().startsWith(CHARGES + "/")) {
            String order = call.path().substring(CHARGES.length() + 1);
            return charge(order, Json.object(call.body(), Ask::from).amount);
        }
        return new ProviderServer.Reply(404, "{}");
    }

    private synchronized ProviderServer.Reply charge(String order, long amount) {
        Charge earlier = ledger.get(order);
        if (earlier != null) {
            return new ProviderServer.Reply(earlier.amount == amount ? 200 : 409, earlier.toJson());
        }
        if (amount > CARD_LIMIT) {
            return new ProviderServer.Reply(402, "{\"reason\":\"over-limit\"}");
        }
        if (ledger.size() >= MOST_CHARGES) {
            return new ProviderServer.Reply(507, "{}");
        }
        Charge charge = new Charge(order, amount, clock.instant());
        journal.append(charge.toJson());
        keep(charge);
        return new ProviderServer.Reply(201, charge.toJson());
    }

    private synchronized void keep(Charge charge) {
        ledger.put(charge.order, charge);
        inOrder.add(charge);
    }

    private synchronized ProviderServer.Reply ledger() {
        JsonWriter json = new JsonWriter().beginArray();
        inOrder.forEach(charge -> charge.writeTo(json));
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
