// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.page.FeatureDeskPage;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.feature.FeatureChange;
import dev.gatehouse.resilience.feature.FeatureStatus;
import dev.gatehouse.resilience.feature.FeatureSwitch;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.Switched;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where operators see how the shop's features stand, and turn them off and on. */
public final class FeatureHandlers {

    private static final long LONGEST = Duration.ofDays(366).toSeconds();

    private final Features features;
    private final FeatureDeskPage page;

    /** Switches {@code features}; people do it on {@code page}. */
    public FeatureHandlers(Features features, FeatureDeskPage page) {
        this.features = features;
        this.page = page;
    }

    /** GET /ops/features. */
    public Answer list(Call call) {
        if (call.wantsHtml()) {
            return page.of(call, features.status(), features.history());
        }
        JsonWriter json = new JsonWriter().beginObject().name("features").beginArray();
        features.status().forEach(each -> write(json, each));
        json.endArray().name("history").beginArray();
        features.history().forEach(each -> write(json, each));
        return Answer.json(200, json.endArray().endObject());
    }

    /** POST /ops/features/{name}. */
    public Answer change(Call call) throws IOException {
        String name = call.exchange().pathVariable("name");
        if (call.isForm()) {
            return page.changed(call, apply(name, call, page.wish(call.form())));
        }
        Switched switched = apply(name, call, call.json(FeatureHandlers::wish));
        if (switched instanceof Switched.Invalid invalid) {
            throw Refusal.of(invalid.field(), invalid.rule());
        }
        if (switched instanceof Switched.Unknown) {
            throw new Refusal(Problems.notFound());
        }
        JsonWriter json = new JsonWriter();
        features.status().stream().filter(each -> each.feature().equals(name)).forEach(each -> write(json, each));
        return Answer.json(200, json);
    }

    private static FeatureDeskPage.Wish wish(JsonFields body) {
        String state = body.text("state", 1, 10);
        if (!state.equals("on") && !state.equals("off")) {
            body.refuse("state", "must be on or off");
        }
        Optional<Duration> lasts =
                body.optionalInteger("forSeconds", 1, LONGEST).map(Duration::ofSeconds);
        return new FeatureDeskPage.Wish(state.equals("off"), body.text("reason", 1, 500), lasts);
    }

    private Switched apply(String name, Call call, FeatureDeskPage.Wish wish) {
        Actor actor = Actor.account(call.account());
        return wish.off()
                ? features.turnOff(name, actor, wish.reason(), wish.lasts())
                : features.turnOn(name, actor, wish.reason());
    }

    private static void write(JsonWriter json, FeatureStatus each) {
        FeatureSwitch off = each.turnedOff().orElse(null);
        json.beginObject()
                .field("feature", each.feature())
                .field("state", each.state().word())
                .field("sentence", each.sentence())
                .field("why", each.why())
                .field("turnedOffBy", off == null ? null : off.actor())
                .field(
                        "until",
                        off == null ? null : off.until().map(Instant::toString).orElse(null))
                .endObject();
    }

    private static void write(JsonWriter json, FeatureChange each) {
        json.beginObject()
                .field("at", each.at())
                .field("feature", each.feature())
                .field("state", each.state().word())
                .field("why", each.why())
                .field("actor", each.actor())
                .endObject();
    }
}
