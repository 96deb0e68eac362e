// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.fault.FaultsRefusedException;
import dev.gatehouse.resilience.gameday.GameDayRefusedException;
import dev.gatehouse.resilience.gameday.GameDayResult;
import dev.gatehouse.resilience.gameday.GameDays;
import dev.gatehouse.resilience.gameday.Observation;
import java.io.IOException;

/** Game days on demand, and what they came to. */
public final class GameDayHandlers {

    private final GameDays gameDays;

    /** Plays those of {@code gameDays}. */
    public GameDayHandlers(GameDays gameDays) {
        this.gameDays = gameDays;
    }

    /** POST /ops/game-days. */
    public Answer play(Call call) throws IOException {
        String scenario = call.json(this::scenario);
        try {
            gameDays.start(scenario, Actor.account(call.account()));
        } catch (FaultsRefusedException e) {
            throw Refusal.forbidden(
                    "Game days are refused in production unless SHOP_ALLOW names '" + ShopConfig.FAULTS + "'.");
        } catch (GameDayRefusedException e) {
            throw Refusal.of(409, "Conflict", "Another game day is being played.");
        }
        return Answer.json(
                202, new JsonWriter().beginObject().field("scenario", scenario).endObject());
    }

    private String scenario(JsonFields body) {
        String scenario = body.text("scenario", 1, 40);
        if (!gameDays.scenarios().contains(scenario)) {
            body.refuse("scenario", "must be one of " + gameDays.scenarios());
        }
        return scenario;
    }

    /** GET /ops/game-days: what is being played, and the last result of each scenario. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("scenarios", gameDays.scenarios())
                .field("playing", gameDays.playing().orElse(null))
                .name("results")
                .beginArray();
        gameDays.results().latest().forEach(result -> write(json, result));
        return Answer.json(200, json.endArray().endObject());
    }

    private static void write(JsonWriter json, GameDayResult result) {
        json.beginObject()
                .field("scenario", result.scenario())
                .field("at", result.at().toString())
                .field("held", result.held())
                .field("verdict", result.verdict().toString())
                .field("opened", result.opened().stream().sorted().toList())
                .name("observations")
                .beginArray();
        result.observations().forEach(each -> write(json, each));
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, Observation each) {
        json.beginObject()
                .field("phase", each.phase().toString())
                .field("what", each.what())
                .field("held", each.held())
                .field("measured", each.measured())
                .field("afterMs", each.after().toMillis())
                .endObject();
    }
}
