// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.examples.shop.page.ConsolePage;
import dev.gatehouse.examples.shop.page.PanelAddress;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.json.JsonWriter;
import java.util.List;
import java.util.function.Supplier;

/** POST /ops/panels/{panel}/{action}: does what a gate's panel offers, and no gate is known by name. */
public final class PanelActionHandler implements Handler {

    private final Supplier<List<Panel>> panels;
    private final ConsolePage page;

    /** Does the actions of {@code panels}; people see on {@code page} what came of it. */
    public PanelActionHandler(Supplier<List<Panel>> panels, ConsolePage page) {
        this.panels = panels;
        this.page = page;
    }

    @Override
    public Answer handle(Call call) throws Exception {
        Panel panel = panels.get().stream()
                .filter(each -> PanelAddress.of(each).equals(call.exchange().pathVariable("panel")))
                .findFirst()
                .orElseThrow(PanelActionHandler::gone);
        Panel.Action action = panel.actions().stream()
                .filter(each -> each.name().equals(call.exchange().pathVariable("action")))
                .findFirst()
                .orElseThrow(PanelActionHandler::gone);
        page.refuseUnlessAllowed(call, action);
        String outcome = action.handler().run(Actor.account(call.account()));
        return call.wantsHtml()
                ? page.done(call, panel, action, outcome)
                : Answer.json(
                        200,
                        new JsonWriter().beginObject().field("outcome", outcome).endObject());
    }

    /** What was offered may be offered no more: the queue has been emptied, the plan is another. */
    private static Refusal gone() {
        return Refusal.of(404, "Not offered", "This is not offered, or not any more. Look at the console again.");
    }
}
