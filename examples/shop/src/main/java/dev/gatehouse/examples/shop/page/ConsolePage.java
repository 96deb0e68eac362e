// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.insight.Panel;
import java.util.List;
import java.util.Map;

/** The operations console for people: every gate's panel with its actions, and no gate known by name. */
public final class ConsolePage {

    /** What the actions whose names begin so need beyond the permission to run the shop. */
    private static final Map<String, String> MORE = Map.of("approve-removal", ShopRoles.ADMINISTER);

    private final Pages pages;

    /** Shown with {@code pages}. */
    public ConsolePage(Pages pages) {
        this.pages = pages;
    }

    /** The page of these panels. */
    public Answer of(Call call, List<Panel> panels) {
        List<Map<String, Object>> shown =
                panels.stream().map(panel -> panel(call, panel)).toList();
        return pages.page(call.exchange(), "console", "Operations", Map.of("panels", shown));
    }

    /** What came of an action. */
    public Answer done(Call call, Panel panel, Panel.Action action, String outcome) {
        return pages.message(
                200,
                call.exchange(),
                action.label(),
                outcome,
                new Pages.Onward("/ops#panel-" + PanelAddress.of(panel), "Operations"));
    }

    /** Ends the request when whoever asks may not do this. */
    public void refuseUnlessAllowed(Call call, Panel.Action action) {
        if (!allows(call, action)) {
            throw Refusal.forbidden("You may look at this, but not do it.");
        }
    }

    private static boolean allows(Call call, Panel.Action action) {
        return MORE.entrySet().stream()
                .filter(more -> action.name().startsWith(more.getKey()))
                .allMatch(more -> call.may(more.getValue()));
    }

    private static Map<String, Object> panel(Call call, Panel panel) {
        String address = PanelAddress.of(panel);
        return Map.of(
                "heading", panel.title(),
                "address", address,
                "actions",
                        panel.actions().stream()
                                .filter(action -> allows(call, action))
                                .map(ConsolePage::action)
                                .toList(),
                "facts",
                        panel.facts().stream()
                                .map(fact -> Map.of("name", fact.name(), "value", fact.value()))
                                .toList(),
                "tables", panel.tables().stream().map(ConsolePage::table).toList());
    }

    private static Map<String, Object> action(Panel.Action action) {
        return Map.of("name", action.name(), "label", action.label(), "consequence", action.consequence());
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
