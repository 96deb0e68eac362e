// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Config;
import dev.gatehouse.config.Setting;
import dev.gatehouse.config.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsChecksTest {

    record Described(
            @Setting(byDefault = "0.0.0.0", doc = "Where it listens.")
            String bind) {}

    record Bare(@Setting(byDefault = "0.0.0.0") String bind) {}

    private static Finding finding(int check, Class<? extends Record> type, Map<String, String> environment)
            throws Exception {
        var loaded = Config.of("APP", type).load(Sources.of(environment));
        return SettingsChecks.of(loaded, () -> ReadinessReportTest.NOW)
                .get(check)
                .probe()
                .call();
    }

    @Test
    void verifiesProductionWithoutDevelopmentValues() throws Exception {
        assertThat(finding(0, Described.class, Map.of())).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void failsWhenADevelopmentValueWasAllowedInProduction() throws Exception {
        Map<String, String> allowed = Map.of("APP_BIND", "localhost", "APP_ALLOW", "bind.loopback");

        assertThat(finding(0, Described.class, allowed)).isInstanceOf(Finding.Failed.class);
        assertThat(finding(0, Described.class, allowed).evidence().get(0).value())
                .isEqualTo("production; bind.loopback");
    }

    @Test
    void cannotKnowInDevelopment() throws Exception {
        Map<String, String> development = Map.of("APP_PROFILE", "development", "APP_BIND", "localhost");

        assertThat(finding(0, Described.class, development)).isInstanceOf(Finding.Unknown.class);
        assertThat(finding(0, Described.class, development).evidence().get(0).value())
                .contains("bind.loopback");
    }

    @Test
    void failsWhenASettingIsNotDescribed() throws Exception {
        assertThat(finding(1, Described.class, Map.of())).isInstanceOf(Finding.Verified.class);
        assertThat(finding(1, Bare.class, Map.of()))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        failed -> assertThat(failed.reason()).contains("APP_BIND"));
    }
}
