// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.resilience.feature.FeatureUnit.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Whether users are told. On a twin of each feature every need is made to fail in turn, and the feature must say so; and
 * somebody must have been told of each feature, by a notice that was really served, within the last 60 days.
 */
record NoticeDrill(Features features) implements Callable<Finding> {

    private static final Duration OLDEST = Duration.ofDays(60);
    private static final Duration LATE = Duration.ofSeconds(5);

    @Override
    public Finding call() {
        Board board = features.board();
        if (board.names().isEmpty()) {
            return Finding.unknown("no feature was declared");
        }
        long age = features.ageNanos();
        if (age < 0 || age > LATE.toNanos()) {
            return Finding.failed(
                    "switches set elsewhere do not arrive here: register the FeaturesGate, and see to its" + " store");
        }
        List<Evidence> evidence = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        board.features().forEach(feature -> drill(feature, silent, evidence));
        return silent.isEmpty()
                ? seen(evidence)
                : Finding.failed(String.join("; ", silent), evidence.toArray(Evidence[]::new));
    }

    private void drill(Feature feature, List<String> silent, List<Evidence> evidence) {
        for (Need broken : feature.needs()) {
            Optional<Notice> notice = twin(feature, broken).notice(feature.name());
            if (notice.isEmpty()) {
                silent.add("'" + feature.name() + "' says nothing when '" + broken.name() + "' is down");
            }
            notice.ifPresent(said -> evidence.add(evidence(
                    "'" + feature.name() + "' with '" + broken.name() + "' down is "
                            + said.state().word() + " and says",
                    said.sentence())));
        }
        if (feature.needs().isEmpty()) {
            silent.add("'" + feature.name() + "' declares no need, so nothing that fails is ever told");
        }
    }

    /** The feature alone, with one of its needs down and the others up. */
    private static Features twin(Feature feature, Need broken) {
        List<Need> needs = feature.needs().stream()
                .map(need -> {
                    FeatureState state = need == broken ? FeatureState.OFF : FeatureState.UP;
                    Need fixed = Need.of(need.name(), () -> state);
                    return need.isRequired() ? fixed : fixed.optional();
                })
                .toList();
        return Features.builder().features(feature.needing(needs)).build();
    }

    private Finding seen(List<Evidence> evidence) {
        Map<String, Sighting> last = lastSeen();
        List<String> never = new ArrayList<>();
        List<String> longAgo = new ArrayList<>();
        Instant oldest = features.world().clock().instant().minus(OLDEST);
        for (String name : features.board().names()) {
            Sighting sighting = last.get(name);
            if (sighting == null) {
                never.add("'" + name + "'");
            } else {
                evidence.add(new Evidence(
                        "'" + name + "': users were last told that it is",
                        sighting.state().word(),
                        "features",
                        sighting.at()));
                if (sighting.at().isBefore(oldest)) {
                    longAgo.add("'" + name + "'");
                }
            }
        }
        return judged(never, longAgo, evidence.toArray(Evidence[]::new));
    }

    private static Finding judged(List<String> never, List<String> longAgo, Evidence... evidence) {
        if (!never.isEmpty()) {
            return new Finding.Unknown(
                    "users were never seen to be told of " + String.join(", ", never)
                            + ": turn each off by hand and look at the page, or play a game day",
                    List.of(evidence));
        }
        return longAgo.isEmpty()
                ? Finding.verified(evidence)
                : Finding.stale(
                        "users were last told of " + String.join(", ", longAgo) + " more than 60 days ago", evidence);
    }

    private Map<String, Sighting> lastSeen() {
        Map<String, Sighting> last = new HashMap<>();
        List<Sighting> all = new ArrayList<>(features.store().transact(FeatureUnit::seen));
        all.addAll(features.sightings().unwritten());
        all.forEach(each ->
                last.merge(each.feature(), each, (one, other) -> one.at().isBefore(other.at()) ? other : one));
        return last;
    }

    private Evidence evidence(String what, String value) {
        return new Evidence(what, value, "drill", features.world().clock().instant());
    }
}
