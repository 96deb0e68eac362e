// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.insight.Panel;
import java.util.Locale;

/** What a panel is called in addresses: its title, in lower case, with hyphens. */
public final class PanelAddress {

    private PanelAddress() {}

    /** The name of {@code panel}. */
    public static String of(Panel panel) {
        return panel.title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
