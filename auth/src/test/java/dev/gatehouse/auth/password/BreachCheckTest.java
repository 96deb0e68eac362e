// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BreachCheckTest {

    private static final Secret PASSWORD = Secret.of("password");
    private static final String PREFIX = "5BAA6";
    private static final String SUFFIX = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Optional<String> broken(BreachedPasswords service) {
        return new BreachCheck(service, meters).broken(PASSWORD);
    }

    private double counted(String outcome) {
        return meters.counter("gatehouse.auth.breach.checks", "outcome", outcome)
                .count();
    }

    @Test
    void tellsTheServiceFiveDigitsOnly() {
        List<String> asked = new ArrayList<>();
        broken(prefix -> {
            asked.add(prefix);
            return List.of();
        });
        assertThat(asked).containsExactly(PREFIX);
    }

    @Test
    void refusesWhatTheServiceKnows() {
        for (String line : List.of(SUFFIX + ":3", SUFFIX.toLowerCase(Locale.ROOT) + ": 3\r", SUFFIX)) {
            assertThat(broken(prefix -> List.of("0".repeat(35) + ":9", line)))
                    .hasValue("must not be a password that is known from a breach");
        }
        assertThat(counted("breached")).isEqualTo(3);
    }

    @Test
    void acceptsWhatItDoesNotKnowAndPadding() {
        assertThat(broken(prefix -> List.of(SUFFIX + ":0", "", ":", "nonsense")))
                .isEmpty();
        assertThat(counted("clear")).isEqualTo(1);
    }

    @Test
    void acceptsAndCountsWhenTheServiceFails() {
        assertThat(broken(prefix -> {
                    throw new IOException("down");
                }))
                .isEmpty();
        assertThat(broken(prefix -> {
                    throw new IllegalStateException("open");
                }))
                .isEmpty();
        assertThat(counted("unavailable")).isEqualTo(2);
    }

    @Test
    void keepsAnInterruption() {
        assertThat(broken(prefix -> {
                    throw new InterruptedException();
                }))
                .isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void readsABoundedAnswer() {
        List<String> endless = Stream.concat(Collections.nCopies(10_000, "0:1").stream(), Stream.of(SUFFIX + ":1"))
                .toList();
        assertThat(broken(prefix -> endless)).isEmpty();
    }
}
