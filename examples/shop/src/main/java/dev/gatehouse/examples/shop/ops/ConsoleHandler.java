// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.page.ConsolePage;
import dev.gatehouse.examples.shop.page.PanelAddress;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.json.JsonWriter;
import java.util.List;
import java.util.function.Supplier;

/** GET /ops: what every gate shows of itself, as a page or as JSON. */
public final class ConsoleHandler implements Handler {

    private final Supplier<List<Panel>> panels;
    private final ConsolePage page;

    /** Shows {@code panels}, to people on {@code page}. */
    public ConsoleHandler(Supplier<List<Panel>> panels, ConsolePage page) {
        this.panels = panels;
        this.page = page;
    }

    @Override
    public Answer handle(Call call) {
        return call.wantsHtml() ? page.of(call, panels.get()) : json();
    }

    private Answer json() {
        JsonWriter json = new JsonWriter().beginObject().name("panels").beginArray();
        for (Panel panel : panels.get()) {
            json.beginObject().field("title", panel.title()).name("facts").beginObject();
            panel.facts().forEach(fact -> json.field(fact.name(), fact.value()));
            json.endObject().name("tables").beginArray();
            panel.tables().forEach(table -> write(json, table));
            json.endArray().name("actions").beginArray();
            panel.actions().forEach(action -> write(json, panel, action));
            json.endArray().endObject();
        }
        return Answer.json(200, json.endArray().endObject());
    }

    private static void write(JsonWriter json, Panel panel, Panel.Action action) {
        json.beginObject()
                .field("post", "/ops/panels/" + PanelAddress.of(panel) + "/" + action.name())
                .field("label", action.label())
                .field("consequence", action.consequence())
                .endObject();
    }

    private static void write(JsonWriter json, Panel.Table table) {
        json.beginObject()
                .field("title", table.title())
                .field("columns", table.columns())
                .field("rows", table.rows())
                .endObject();
    }
}
