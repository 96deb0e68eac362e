// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationAndSizeTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "30m,PT30M", "12h,PT12H", "7d,PT168H", "1h30m,PT1H30M", "PT30M,PT30M"})
    void readsADurationAsOperatorsWriteIt(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "30 m",
                "-30m",
                "m",
                "30M",
                "1.5h",
                "PT-5M",
                "36501d",
                "999999999999d999999999999d999999999999d"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageStartingWith("must be a duration");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "4096,4096", "64KiB,65536", "64 KiB,65536", "10MB,10000000", "1kB,1000", "2GiB,2147483648"})
    void readsASizeWithItsUnit(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "-1", "1.5MiB", "64XiB", "64kibibytes", "99999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageStartingWith("must be a size");
    }

    @Test
    void writesASizeAsItIsRead() {
        assertThat(DataSize.parse("64KiB")).hasToString("64KiB");
        assertThat(new DataSize(1000)).hasToString("1000B");
    }
}
