// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.page.Html;
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

    /** Shows {@code panels}. */
    public ConsoleHandler(Supplier<List<Panel>> panels) {
        this.panels = panels;
    }

    @Override
    public Answer handle(Call call) {
        return call.wantsHtml() ? page() : json();
    }

    private Answer json() {
        JsonWriter json = new JsonWriter().beginObject().name("panels").beginArray();
        for (Panel panel : panels.get()) {
            json.beginObject().field("title", panel.title()).name("facts").beginObject();
            panel.facts().forEach(fact -> json.field(fact.name(), fact.value()));
            json.endObject().name("tables").beginArray();
            panel.tables().forEach(table -> write(json, table));
            json.endArray().endObject();
        }
        return Answer.json(200, json.endArray().endObject());
    }

    private static void write(JsonWriter json, Panel.Table table) {
        json.beginObject()
                .field("title", table.title())
                .field("columns", table.columns())
                .field("rows", table.rows())
                .endObject();
    }

    private Answer page() {
        StringBuilder body = new StringBuilder();
        for (Panel panel : panels.get()) {
            body.append("<section><h2>").append(Html.text(panel.title())).append("</h2><dl>");
            panel.facts()
                    .forEach(fact -> body.append("<dt>")
                            .append(Html.text(fact.name()))
                            .append("</dt><dd>")
                            .append(Html.text(fact.value()))
                            .append("</dd>"));
            body.append("</dl>");
            panel.tables().forEach(table -> append(body, table));
            body.append("</section>\n");
        }
        return Answer.html(200, Html.page("Operations", body.toString()));
    }

    private static void append(StringBuilder body, Panel.Table table) {
        body.append("<table><caption>").append(Html.text(table.title())).append("</caption><thead><tr>");
        table.columns()
                .forEach(column -> body.append("<th scope=\"col\">")
                        .append(Html.text(column))
                        .append("</th>"));
        body.append("</tr></thead><tbody>");
        for (List<String> row : table.rows()) {
            body.append("<tr>");
            row.forEach(cell -> body.append("<td>").append(Html.text(cell)).append("</td>"));
            body.append("</tr>");
        }
        body.append("</tbody></table>");
    }
}
