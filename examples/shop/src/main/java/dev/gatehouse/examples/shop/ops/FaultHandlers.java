// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.fault.ActiveFault;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.FaultKind;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.fault.FaultsRefusedException;
import java.io.IOException;
import java.time.Duration;

/** Making dependencies fail on purpose. */
public final class FaultHandlers {

    private final Faults faults;

    /** Injects into {@code faults}, if that is allowed here. */
    public FaultHandlers(Faults faults) {
        this.faults = faults;
    }

    /** GET /ops/faults. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        for (ActiveFault active : faults.active()) {
            Fault fault = active.fault();
            json.beginObject()
                    .field("dependency", fault.dependency())
                    .field("latencyMs", fault.latency().most().toMillis())
                    .field("errorRate", fault.failures().share())
                    .field("forSeconds", fault.lasts().toSeconds())
                    .field("kind", fault.failures().kind().word())
                    .field("until", active.until().toString())
                    .endObject();
        }
        return Answer.json(200, json.endArray());
    }

    /** POST /ops/faults. */
    public Answer add(Call call) throws IOException {
        Fault fault = call.json(this::fault);
        try {
            faults.add(fault, Actor.account(call.account()));
        } catch (FaultsRefusedException e) {
            throw refused();
        }
        return list(call);
    }

    /** DELETE /ops/faults. */
    public Answer clear(Call call) {
        if (!faults.isAllowed()) {
            throw refused();
        }
        faults.clear(Actor.account(call.account()));
        return Answer.noContent();
    }

    private static Refusal refused() {
        return Refusal.forbidden(
                "Faults are refused in production unless SHOP_ALLOW names '" + ShopConfig.FAULTS + "'.");
    }

    private Fault fault(JsonFields body) {
        String dependency = body.text("dependency", 1, 40);
        if (!faults.dependencies().contains(dependency)) {
            body.refuse(
                    "dependency",
                    "must be one of " + faults.dependencies().stream().sorted().toList());
        }
        Duration latency =
                Duration.ofMillis(body.optionalInteger("latencyMs", 0, 600_000).orElse(0L));
        FaultKind kind = kind(body, dependency);
        double untold = kind.equals(FaultKind.error()) ? 0 : 1;
        double share = body.optionalDecimal("errorRate", 0, 1).orElse(untold);
        if (kind instanceof FaultKind.Refuse && share != 1) {
            body.refuse("errorRate", "must be 1 for 'refuse'");
            share = 1;
        }
        Duration lasts = Duration.ofSeconds(body.integer("forSeconds", 1, 3_600));
        return Fault.of(dependency, lasts).slow(latency).failing(share, kind);
    }

    private FaultKind kind(JsonFields body, String dependency) {
        String word = body.optionalText("kind", 1, 20).orElse("error");
        FaultKind kind = FaultKind.of(word).orElseGet(() -> {
            body.refuse("kind", "must be one of " + FaultKind.WORDS);
            return FaultKind.error();
        });
        if (kind.onTheWire() && !faults.reachesTheWire(dependency)) {
            body.refuse("kind", "needs a provider at a plain HTTP address; for " + dependency + " take error or hang");
        }
        return kind;
    }
}
