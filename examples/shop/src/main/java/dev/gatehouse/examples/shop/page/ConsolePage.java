// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.insight.Panel;
import java.util.List;
import java.util.Map;

/** The operations console for people: every gate's panel, and no gate known by name. */
public final class ConsolePage {

    private final Pages pages;

    /** Shown with {@code pages}. */
    public ConsolePage(Pages pages) {
        this.pages = pages;
    }

    /** The page of these panels. */
    public Answer of(Call call, List<Panel> panels) {
        List<Map<String, Object>> shown =
                panels.stream().map(ConsolePage::panel).toList();
        return pages.page(call.exchange(), "console", "Operations", Map.of("panels", shown));
    }

    private static Map<String, Object> panel(Panel panel) {
        return Map.of(
                "heading", panel.title(),
                "facts",
                        panel.facts().stream()
                                .map(fact -> Map.of("name", fact.name(), "value", fact.value()))
                                .toList(),
                "tables", panel.tables().stream().map(ConsolePage::table).toList());
    }

    private static Map<String, Object> table(Panel.Table table) {
        return Map.of(
                "caption", table.title(),
                "columns", table.columns(),
                "rows",
                        table.rows().stream()
                                .map(cells -> Map.of("cells", cells))
                                .toList());
    }
}
