// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Profile;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * The checks of an application's configuration: that it was validated at start and nothing of development runs in
 * production (G1), and that every setting is described (G9). What an operator allowed by name in production lets the
 * application start, but fails G1 until somebody signs a deferral.
 */
public final class SettingsChecks {

    private static final String SOURCE = "configuration at start";

    private SettingsChecks() {}

    /** The checks of {@code settings}. */
    public static List<ReadinessCheck> of(Loaded<?> settings, InstantSource clock) {
        return List.of(
                new ReadinessCheck("G1", "production refuses development values", () -> refusals(settings, clock)),
                new ReadinessCheck("G9", "every setting is described", () -> descriptions(settings, clock)));
    }

    private static Finding refusals(Loaded<?> settings, InstantSource clock) {
        String names = settings.tolerated().isEmpty() ? "none" : String.join(", ", settings.tolerated());
        String profile = settings.profile().name().toLowerCase(Locale.ROOT);
        Evidence evidence =
                new Evidence("profile and development values", profile + "; " + names, SOURCE, clock.instant());
        if (settings.profile() == Profile.DEVELOPMENT) {
            return new Finding.Unknown("the profile is development, where nothing is refused", List.of(evidence));
        }
        return settings.tolerated().isEmpty()
                ? Finding.verified(evidence)
                : Finding.failed("development values are allowed by name in production", evidence);
    }

    private static Finding descriptions(Loaded<?> settings, InstantSource clock) {
        int all = settings.variables().size();
        List<String> missing = settings.undescribed();
        Evidence evidence = new Evidence(
                "settings with a description", all - missing.size() + " of " + all, SOURCE, clock.instant());
        return missing.isEmpty()
                ? Finding.verified(evidence)
                : Finding.failed("without a description: " + String.join(", ", missing), evidence);
    }
}
