// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditEventTest {

    @Test
    void gathersFactsWithoutChangingWhatWasSaid() {
        AuditEvent denied = AuditEvent.denied("limit.request.refused", Actor.account("a1"), "a1");
        AuditEvent more = denied.with("wanted", "500").with("limit", "account");

        assertThat(denied.details()).isEmpty();
        assertThat(more)
                .isEqualTo(new AuditEvent(
                        "limit.request.refused",
                        Actor.account("a1"),
                        "a1",
                        Outcome.DENIED,
                        Map.of("wanted", "500", "limit", "account")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "login", "auth.", "Auth.login", "auth login.failed", "auth.login\n"})
    void refusesAnActionThatIsNoDottedName(String action) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditEvent.success(action, Actor.anonymous(), null))
                .withMessageContaining("dotted");
    }

    @Test
    void namesItsActorInOneWord() {
        assertThat(Actor.account("a1")).hasToString("account:a1");
        assertThat(Actor.system("queue")).hasToString("system:queue");
        assertThat(Actor.anonymous()).hasToString("anonymous");
    }
}
