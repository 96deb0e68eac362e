// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PairedDifferencesTest {

    private final Random random = new Random(1);

    private PairedDifferences noiseAround(double middle) {
        List<Double> differences = Stream.generate(() -> middle + random.nextGaussian() * 3)
                .limit(400)
                .toList();
        return PairedDifferences.of(differences, random);
    }

    @Test
    void findsADifferenceThatIsThere() {
        PairedDifferences found = noiseAround(2);
        assertThat(found.isWithin(1)).isFalse();
        assertThat(found.p()).isLessThan(0.001);
        assertThat(found.median()).isCloseTo(2, within(0.6));
    }

    @Test
    void findsNoneWhereThereIsOnlyNoise() {
        PairedDifferences found = noiseAround(0);
        assertThat(found.isWithin(1)).isTrue();
        assertThat(found.p()).isGreaterThan(0.01);
    }

    /** Twelve pairs that differ; the positive ranks sum to 64.5, two are tied: z = 25.5 / 12.7427 = 2.0012. */
    @Test
    void agreesWithAHandCalculation() {
        List<Double> differences = List.of(1.0, -2.0, 3.0, -4.0, 5.0, 6.0, -7.0, 7.0, 8.0, 9.0, 10.0, 11.0, 0.0);
        PairedDifferences found = PairedDifferences.of(differences, random);
        assertThat(found.p()).isCloseTo(0.0454, within(0.0001));
    }
}
