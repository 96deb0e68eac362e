// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigRecordTest {

    record Leaky(String dbPassword) {}

    record Twice(int port, @Setting(name = "PORT") int other) {}

    record FileTwice(Secret key, Path keyFile) {}

    record Odd(Thread worker) {}

    record BadDefault(
            @Setting(byDefault = "70000", max = "65535") int port) {}

    record Own(List<String> allow) {}

    @Test
    void refusesARecordWhosePasswordIsAString() {
        refused(Leaky.class, "APP_DB_PASSWORD: is a String, which is printed; declare it as Secret");
    }

    @Test
    void refusesARecordOfWhichTwoComponentsHaveOneName() {
        refused(Twice.class, "APP_PORT: is declared twice");
        refused(FileTwice.class, "APP_KEY_FILE: is declared");
    }

    @Test
    void refusesARecordWithATypeThatHasNoParser() {
        refused(Odd.class, "APP_WORKER: the type was java.lang.Thread");
    }

    @Test
    void refusesARecordWhoseDefaultBreaksItsOwnRule() {
        refused(BadDefault.class, "APP_PORT: declares '70000', which must be at most 65535");
    }

    @Test
    void refusesARecordThatTakesTheConfigurationsOwnName() {
        refused(Own.class, "APP_ALLOW: is declared");
    }

    private void refused(Class<? extends Record> type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Config.of("APP", type))
                .withMessageContaining(message);
    }
}
