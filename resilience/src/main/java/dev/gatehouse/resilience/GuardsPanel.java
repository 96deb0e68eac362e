// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.insight.Panel;
import java.util.List;
import java.util.Locale;

/** What the consoles see of the guards. */
record GuardsPanel(List<Guard> guards) implements Panel {

    @Override
    public String title() {
        return "Dependencies";
    }

    @Override
    public List<Fact> facts() {
        long open = guards.stream()
                .filter(guard -> guard.state() != GuardState.CLOSED)
                .count();
        return List.of(new Fact("circuits not closed", open + " of " + guards.size()));
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Guards",
                List.of("dependency", "circuit", "failures", "running", "timeout", "overruns"),
                guards.stream().map(GuardsPanel::row).toList()));
    }

    private static List<String> row(Guard guard) {
        float failures = guard.circuit().failurePercent();
        return List.of(
                guard.name(),
                guard.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                failures < 0 ? "too few calls" : String.format(Locale.ROOT, "%.0f %%", failures),
                guard.running() + " of " + guard.maxConcurrent(),
                guard.timeout().toMillis() + " ms",
                Long.toString(guard.overruns()));
    }
}
