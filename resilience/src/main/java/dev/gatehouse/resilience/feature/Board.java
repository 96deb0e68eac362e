// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How every feature stands: by hand, else by its own needs, steadied, and by the features that it needs. Thread-safe. */
final class Board {

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Function<String, Optional<FeatureSwitch>> switches;

    Board(
            List<Feature> features,
            Function<String, Optional<FeatureSwitch>> switches,
            Function<Feature, Steadiness> steady) {
        this.switches = switches;
        features.forEach(feature -> lines.put(feature.name(), new Line(feature, steady.apply(feature))));
    }

    private record Line(Feature feature, Steadiness steadiness) {

        FeatureState ownNeeds() {
            FeatureState raw = FeatureState.UP;
            for (Need need : feature.needs()) {
                raw = need.isFeature() ? raw : raw.worse(need.effect(need.state()));
            }
            return steadiness.see(raw);
        }
    }

    List<String> names() {
        return List.copyOf(lines.keySet());
    }

    List<Feature> features() {
        return lines.values().stream().map(Line::feature).toList();
    }

    Feature feature(String name) {
        return line(name).feature();
    }

    boolean has(String name) {
        return lines.containsKey(name);
    }

    FeatureState state(String name) {
        return switches.apply(name).isPresent() ? FeatureState.OFF : byNeeds(name);
    }

    boolean isTurnedOff(String name) {
        return switches.apply(name).isPresent()
                || line(name).feature().needs().stream()
                        .filter(need -> need.isFeature() && need.isRequired())
                        .anyMatch(need -> isTurnedOff(need.name()));
    }

    /** How it would stand if nobody had turned it off. */
    FeatureState byNeeds(String name) {
        Line line = line(name);
        FeatureState state = line.ownNeeds();
        for (Need need : line.feature().needs()) {
            state = need.isFeature() ? state.worse(need.effect(state(need.name()))) : state;
        }
        return state;
    }

    /** What makes it so, for operators. */
    String why(String name) {
        FeatureSwitch byHand = switches.apply(name).orElse(null);
        if (byHand != null) {
            return "by hand: " + byHand.reason();
        }
        StringBuilder why = new StringBuilder();
        for (Need need : line(name).feature().needs()) {
            FeatureState state = need.isFeature() ? state(need.name()) : need.state();
            if (state != FeatureState.UP) {
                why.append(why.isEmpty() ? "" : ", ")
                        .append(need.name())
                        .append(" is ")
                        .append(downOr(need, state));
            }
        }
        return why.isEmpty() && byNeeds(name) != FeatureState.UP ? "not steady for long enough yet" : why.toString();
    }

    private static String downOr(Need need, FeatureState state) {
        return !need.isFeature() && state == FeatureState.OFF ? "down" : state.word();
    }

    private Line line(String name) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException(
                    "resilience.feature: '" + name + "' was not declared; declared are " + lines.keySet());
        }
        return line;
    }
}
