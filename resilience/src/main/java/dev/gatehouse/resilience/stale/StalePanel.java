// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.insight.Panel;
import java.util.List;

/** What the consoles see of stale reads. */
record StalePanel(List<StaleCache<?, ?>> caches) implements Panel {

    @Override
    public String title() {
        return "Stale reads";
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Last good answers",
                List.of("read path", "answers kept", "oldest allowed", "served stale", "outlives the process"),
                caches.stream().map(StalePanel::row).toList()));
    }

    private static List<String> row(StaleCache<?, ?> cache) {
        return List.of(
                cache.name(),
                cache.size() + " of " + cache.settings().maxEntries(),
                cache.maxAge().toSeconds() + " s",
                Long.toString(cache.meters().served()),
                cache.hasCopy() ? "yes" : "no");
    }
}
