// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static dev.gatehouse.auth.World.ANN;
import static dev.gatehouse.auth.World.RIGHT;
import static dev.gatehouse.auth.World.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.store.AuthStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stuffing is seen in failed sign-ins, and stands in nobody's way. */
final class StuffingTest {

    private static final InetAddress SOMEWHERE = InetAddress.getLoopbackAddress();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final World world = new World(AuthStore.inMemory(), builder -> builder.meters(meters));

    private void spray(int identifiers) {
        for (int i = 0; i < identifiers; i++) {
            world.auth.login(
                    LoginAttempt.of("victim" + i + "@example.org", WRONG).from(SOMEWHERE));
        }
    }

    private List<AuditEvent> suspicions() {
        return world.audit.events().stream()
                .filter(event -> event.action().equals("auth.stuffing.suspected"))
                .toList();
    }

    @Test
    void isAnEventAndAMetricForEachPattern() {
        spray(25);
        assertThat(suspicions())
                .extracting(AuditEvent::details)
                .containsExactly(
                        Map.of("pattern", "many-identifiers-one-password", "identifiers", "10"),
                        Map.of(
                                "pattern",
                                "many-identifiers-one-address",
                                "identifiers",
                                "20",
                                "from",
                                SOMEWHERE.getHostAddress()));
        assertThat(meters.get("gatehouse.auth.stuffing")
                        .tag("pattern", "many-identifiers-one-address")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void blocksNobody() {
        world.ann();
        spray(25);
        assertThat(world.auth.login(LoginAttempt.of(ANN, RIGHT).from(SOMEWHERE)))
                .isInstanceOf(Login.SignedIn.class);
    }

    @Test
    void isNotSeenInSignInsThatSucceed() {
        for (int i = 0; i < 25; i++) {
            world.auth.createAdministrator("user" + i + "@example.org", RIGHT, Set.of());
            world.auth.login(LoginAttempt.of("user" + i + "@example.org", RIGHT).from(SOMEWHERE));
        }
        assertThat(suspicions()).isEmpty();
    }
}
