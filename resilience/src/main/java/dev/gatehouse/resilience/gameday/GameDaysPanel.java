// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.resilience.fault.FaultsRefusedException;
import java.util.List;

/** What the consoles see of game days. */
record GameDaysPanel(GameDays gameDays) implements Panel {

    @Override
    public String title() {
        return "Game days";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("scenarios", String.join(", ", gameDays.scenarios())),
                new Fact("being played", gameDays.playing().orElse("none")));
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Last results",
                List.of("scenario", "at", "verdict", "circuits seen to open"),
                gameDays.results().latest().stream().map(GameDaysPanel::row).toList()));
    }

    @Override
    public List<Action> actions() {
        return gameDays.scenarios().stream().map(this::play).toList();
    }

    private Action play(String scenario) {
        return new Action(
                "play-" + scenario,
                "Play '" + scenario + "'",
                "A dependency fails on purpose until it is over.",
                actor -> start(scenario, actor));
    }

    private String start(String scenario, Actor actor) {
        try {
            gameDays.start(scenario, actor);
            return "'" + scenario + "' is being played.";
        } catch (GameDayRefusedException | FaultsRefusedException e) {
            return "Not played: " + e.getMessage();
        }
    }

    private static List<String> row(GameDayResult result) {
        return List.of(
                result.scenario(),
                result.at().toString(),
                result.verdict().toString(),
                String.join(", ", result.opened().stream().sorted().toList()));
    }
}
