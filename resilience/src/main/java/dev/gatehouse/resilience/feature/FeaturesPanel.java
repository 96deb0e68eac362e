// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What the consoles see of features, and the switches. */
record FeaturesPanel(Features features) implements Panel {

    @Override
    public String title() {
        return "Features";
    }

    @Override
    public List<Fact> facts() {
        List<FeatureStatus> all = features.status();
        long notUp =
                all.stream().filter(each -> each.state() != FeatureState.UP).count();
        long byHand = all.stream().filter(each -> each.turnedOff().isPresent()).count();
        return List.of(
                new Fact("features not up", notUp + " of " + all.size()),
                new Fact("turned off by hand", Long.toString(byHand)));
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "How they stand",
                        List.of("feature", "state", "why", "users are told", "off until"),
                        features.status().stream().map(FeaturesPanel::row).toList()),
                new Table(
                        "What changed",
                        List.of("at", "feature", "state", "why", "who"),
                        features.history().stream().map(FeaturesPanel::row).toList()));
    }

    private static List<String> row(FeatureStatus each) {
        String until = each.turnedOff()
                .map(off -> off.until().map(Object::toString).orElse("turned on"))
                .orElse("");
        return List.of(each.feature(), each.state().word(), each.why(), each.sentence(), until);
    }

    private static List<String> row(FeatureChange change) {
        return List.of(
                change.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                change.feature(),
                change.state().word(),
                change.why(),
                change.actor());
    }

    @Override
    public List<Action> actions() {
        return features.status().stream().map(this::action).toList();
    }

    private Action action(FeatureStatus each) {
        String name = each.feature();
        return each.turnedOff().isPresent()
                ? new Action(
                        "turn-on-" + plain(name),
                        "Turn on '" + name + "'",
                        "It stands as what it needs, on every instance within a second.",
                        actor -> said(features.turnOn(name, actor, "from the console")))
                : new Action(
                        "turn-off-" + plain(name),
                        "Turn off '" + name + "'",
                        "Nobody can use it, on any instance, until somebody turns it on.",
                        actor -> said(turnOff(name, actor)));
    }

    private Switched turnOff(String name, Actor actor) {
        return features.turnOff(name, actor, "from the console", Optional.empty());
    }

    /** A feature's name may hold hyphens in a row or at its end, an action's may not. */
    private static String plain(String name) {
        return name.replaceAll("-+", "-").replaceAll("-$", "");
    }

    private static String said(Switched switched) {
        if (switched instanceof Switched.Done done) {
            return "'" + done.feature() + "' is " + done.state().word() + ".";
        }
        return "Nothing changed: somebody did so before.";
    }
}
