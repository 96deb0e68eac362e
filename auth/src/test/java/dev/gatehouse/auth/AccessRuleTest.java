// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.session.Session;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessRuleTest {

    private final World world = new World();
    private Instant signedIn = Instant.EPOCH;

    @BeforeEach
    void register() {
        world.ann();
        signedIn = world.time.instant();
    }

    private boolean isRecentAt(Instant now) {
        Session session = world.session(world.signIn().session());
        return AccessRule.isRecent(session, now);
    }

    @Test
    void aSignInIsRecentForTenMinutes() {
        assertThat(isRecentAt(signedIn)).isTrue();
        assertThat(isRecentAt(signedIn.plus(Duration.ofMinutes(10)).minusMillis(1)))
                .isTrue();
        assertThat(isRecentAt(signedIn.plus(Duration.ofMinutes(10)))).isFalse();
    }

    /** The clock was set back since: by hours, the sign-in would count as recent for hours. */
    @Test
    void aSignInInTheFutureIsNotRecentButForClocksThatDifferALittle() {
        assertThat(isRecentAt(signedIn.minusSeconds(60))).isTrue();
        assertThat(isRecentAt(signedIn.minusSeconds(61))).isFalse();
        assertThat(isRecentAt(signedIn.minus(Duration.ofHours(5)))).isFalse();
    }

    @Test
    void enrollingNeedsAnotherSignInAfterTheClockWasSetBack() {
        Session session = world.session(world.signIn().session());
        world.time.stepClock(Duration.ofHours(-5));
        assertThat(world.auth.factors().enrolTotp(session)).isInstanceOf(Enrolment.SignInTooOld.class);
    }
}
