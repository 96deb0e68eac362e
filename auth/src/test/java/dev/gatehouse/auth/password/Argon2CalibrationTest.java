// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.time.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Argon2CalibrationTest {

    /** Takes a microsecond for each KiB of each pass, and hashes nothing. */
    private static Argon2Calibration choose(int targetMillis, int capKib) {
        ManualTime time = new ManualTime();
        Argon2 steady = (cost, password, salt, length) -> {
            time.advance(Duration.ofNanos(1_000 * cost.work()));
            return new byte[length];
        };
        return Argon2Calibration.choose(
                Duration.ofMillis(targetMillis),
                capKib,
                parameters -> PasswordHasher.argon2id(steady, parameters, new SecureRandom()),
                time);
    }

    @ParameterizedTest
    @CsvSource({
        // memory is the bound, and passes fill the rest
        "300, 65536, 65536, 4",
        "100, 19456, 19456, 5",
        "60, 12288, 12288, 4",
        // time is the bound
        "100, 262144, 99328, 1",
        // passes end at ten
        "5000, 19456, 19456, 10",
        // memory ends at 256 MiB
        "300, 2000000, 262144, 1",
        // the floor is dearer than the target
        "1, 262144, 12288, 3"
    })
    void takesMemoryFirstAndThenPasses(int targetMillis, int capKib, int memoryKib, int iterations) {
        Argon2Calibration found = choose(targetMillis, capKib);
        assertThat(found.parameters()).isEqualTo(new Argon2Parameters(memoryKib, iterations, 1));
        assertThat(found.measured()).isEqualTo(Duration.ofNanos(1_000L * memoryKib * iterations));
    }

    @Test
    void neverGoesBelowTheFloorNorAboveTheTargetWhenItCanBeMet() {
        for (int target = 37; target <= 400; target += 11) {
            Argon2Calibration found = choose(target, 100_000);
            assertThat(found.parameters().meetsTheFloor()).isTrue();
            assertThat(found.measured()).isLessThanOrEqualTo(Duration.ofMillis(target));
        }
    }

    @Test
    void refusesACapBelowTheFloorAndSenselessTargets() {
        assertThatThrownBy(() -> choose(100, 12_287)).hasMessageContaining("must be at least 12288");
        assertThatThrownBy(() -> choose(5_001, 19_456))
                .hasMessage("auth.calibration: target was PT5.001S but must be PT0.001S to PT5S");
    }

    @Test
    void measuresOnThisHost() {
        Argon2Calibration found = Argon2Calibration.choose(
                Duration.ofMillis(1),
                12_288,
                parameters -> PasswordHasher.argon2id(parameters, new SecureRandom()),
                Ticker.system());
        assertThat(found.parameters()).isEqualTo(new Argon2Parameters(12_288, 3, 1));
        assertThat(found.measured()).isPositive();
    }
}
