// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import dev.gatehouse.insight.Panel;
import java.util.List;

/** What the consoles see of injected faults. */
record FaultsPanel(Faults faults) implements Panel {

    @Override
    public String title() {
        return "Injected faults";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("faults may be injected here", faults.isAllowed() ? "yes" : "no"),
                new Fact("in force", Integer.toString(faults.active().size())));
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "In force",
                List.of("dependency", "fault", "seed", "by", "until"),
                faults.active().stream().map(FaultsPanel::row).toList()));
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action("end-faults", "End all faults", "Every injected fault ends at once.", actor -> {
            int ending = faults.active().size();
            faults.clear(actor);
            return ending + " faults ended.";
        }));
    }

    private static List<String> row(ActiveFault active) {
        return List.of(
                active.fault().dependency(),
                active.fault().toString(),
                Long.toString(active.fault().seed().orElse(0)),
                active.by().toString(),
                active.until().toString());
    }
}
