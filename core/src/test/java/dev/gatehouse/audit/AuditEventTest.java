// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent.Outcome;
import dev.gatehouse.context.Caller;
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

    @Test
    void namesWhoActsAsAnAccountAndTheKeyThatWasUsed() {
        AuditEvent told = AuditEvent.success("order.created", Actor.account("cleo"), "cleo");

        AuditEvent impersonated = told.seenThrough(Caller.session("cleo", "s-1").impersonatedBy("sam"));
        assertThat(impersonated.actor()).isEqualTo(Actor.account("sam"));
        assertThat(impersonated.subject()).contains("cleo");
        assertThat(impersonated.details()).containsEntry("as", "cleo");
        assertThat(told.seenThrough(Caller.key("cleo", "k-1")).actor()).isEqualTo(Actor.key("k-1"));
    }

    @Test
    void leavesEveryOtherActorAloneAndIsSeenThroughOnce() {
        Caller caller = Caller.session("cleo", "s-1").impersonatedBy("sam");
        AuditEvent bySystem = AuditEvent.success("order.paid", Actor.system("queue"), "cleo");
        AuditEvent byCleo = AuditEvent.success("order.created", Actor.account("cleo"), "cleo");

        assertThat(bySystem.seenThrough(caller)).isSameAs(bySystem);
        assertThat(byCleo.seenThrough(Caller.session("cleo", "s-1"))).isSameAs(byCleo);
        AuditEvent once = byCleo.seenThrough(caller);
        assertThat(once.seenThrough(caller)).isSameAs(once);
    }
}
