// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Making dependencies fail on purpose. */
public final class FaultHandlers {

    /** What can be made to fail. */
    public static final Set<String> DEPENDENCIES = Set.of("payments", "search", "mail", "database");

    private final Faults faults;
    private final boolean allowed;

    /** Injects into {@code faults}, if that is allowed here. */
    public FaultHandlers(Faults faults, boolean allowed) {
        this.faults = faults;
        this.allowed = allowed;
    }

    /** GET /ops/faults. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        for (Fault fault : faults.active()) {
            json.beginObject()
                    .field("dependency", fault.dependency())
                    .field("latencyMs", fault.latency().toMillis())
                    .field("errorRate", fault.errorRate())
                    .field("forSeconds", fault.lasts().toSeconds())
                    .endObject();
        }
        return Answer.json(200, json.endArray());
    }

    /** POST /ops/faults. */
    public Answer add(Call call) throws IOException {
        requireAllowed();
        Fault fault = call.json(FaultHandlers::fault);
        faults.add(fault, Actor.account(call.account()));
        return list(call);
    }

    /** DELETE /ops/faults. */
    public Answer clear(Call call) {
        requireAllowed();
        faults.clear(Actor.account(call.account()));
        return Answer.noContent();
    }

    private void requireAllowed() {
        if (!allowed) {
            throw Refusal.forbidden(
                    "Faults are refused in production unless SHOP_ALLOW names '" + ShopConfig.FAULTS + "'.");
        }
    }

    private static Fault fault(JsonFields body) {
        String dependency = body.text("dependency", 1, 40);
        if (!DEPENDENCIES.contains(dependency)) {
            body.refuse(
                    "dependency",
                    "must be one of " + DEPENDENCIES.stream().sorted().toList());
        }
        Duration latency =
                Duration.ofMillis(body.optionalInteger("latencyMs", 0, 600_000).orElse(0L));
        double errorRate = body.optionalDecimal("errorRate", 0, 1).orElse(0.0);
        return new Fault(dependency, latency, errorRate, Duration.ofSeconds(body.integer("forSeconds", 1, 3_600)));
    }
}
