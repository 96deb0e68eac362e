// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigMarkdownTest {

    record Settings(
            @Setting(byDefault = "8080", min = "0", max = "65535", doc = "Port 0 picks a free one.")
            int port,

            @Setting(byDefault = "30m", doc = "Idle | absolute.")
            Duration sessionIdle,

            @Setting(minLength = 32, base64 = true, setInProduction = true, doc = "The root secret.")
            Optional<Secret> secret,

            String dataFolder,
            List<String> proxies) {}

    @Test
    void tellsEveryVariableAndEveryRefusal() {
        String table = Config.builder("APP", Settings.class)
                .permission("faults", "must not inject faults")
                .build()
                .markdown();

        assertThat(table.lines())
                .contains(
                        "| variable | type | default | rules | meaning |",
                        "| `APP_PORT` | int | `8080` | at least 0, at most 65535 | Port 0 picks a free one. |",
                        "| `APP_SESSION_IDLE` | duration | `30m` |  | Idle \\| absolute. |",
                        "| `APP_SECRET`, `APP_SECRET_FILE` | secret | none | length at least 32, Base64, set in production"
                                + " | The root secret. |",
                        "| `APP_DATA_FOLDER` | string | required |  |  |",
                        "| `APP_PROXIES` | list of string | none |  |  |",
                        "| `APP_PROFILE` | development or production | `production` |  | What the application runs for:"
                                + " production refuses development values. |",
                        "| `secret.short` | `APP_SECRET` must be at least 12 bytes in production |",
                        "| `faults` | must not inject faults |");
    }
}
