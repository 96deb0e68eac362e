// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.ratelimit.Exemption.Kind;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExemptionTest {

    private static final Route ROUTE = Route.get("/x").access(Access.signedIn()).limitGroup("g");

    private final ManualTime time = new ManualTime();
    private final Instant until = time.instant().plus(Duration.ofDays(1));
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private RateLimits limits(AuditSink sink) {
        return builder().audit(sink).build();
    }

    private RateLimitsBuilder builder() {
        return RateLimits.builder(
                        RateLimiter.builder().ticker(time).meters(meters).build())
                .group(LimitGroup.named("g")
                        .byAddress(Limit.perMinute("by-address", 1))
                        .byAccount(Limit.perMinute("by-account", 1)))
                .exempt(new Exemption("monitoring", Kind.ADDRESSES, "192.0.2.0/24", "probes", until))
                .exempt(new Exemption("partner", Kind.ACCOUNT, "ada", "batch", until))
                .exempt(new Exemption("importer", Kind.API_KEY, "k1", "batch", until))
                .clock(time)
                .ticker(time);
    }

    private static boolean passesThrice(Requests requests, Caller caller, String prefix) {
        boolean all = true;
        for (int i = 1; i <= 3; i++) {
            all &= requests.passes(Requests.by(caller, prefix + i, ROUTE));
        }
        return all;
    }

    @Test
    void needsAnAuditLogAndAReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build())
                .withMessage("ratelimit.exemptions: there are 3 but no audit sink to tell of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Exemption("x", Kind.ACCOUNT, "ada", " ", until))
                .withMessage("ratelimit.exemption.x: reason must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Exemption("x", Kind.ADDRESSES, "somewhere", "why", until));
    }

    @Test
    void sparesAddressesTheLimitsByAddressOnly() {
        Requests requests = new Requests(limits(audit));

        assertThat(requests.passes(Requests.from("192.0.2.7", ROUTE))).isTrue();
        assertThat(requests.passes(Requests.from("192.0.2.7", ROUTE))).isTrue();
        assertThat(passesThrice(requests, Caller.account("bob"), "192.0.2.")).isFalse();
    }

    @Test
    void sparesAccountsAndKeysTheLimitsByCallerOnly() {
        Requests requests = new Requests(limits(audit));

        assertThat(passesThrice(requests, Caller.account("ada"), "203.0.113.")).isTrue();
        assertThat(passesThrice(requests, Caller.key("bob", "k1"), "198.51.100."))
                .isTrue();
        assertThat(requests.passes(Requests.by(Caller.account("ada"), "203.0.113.1", ROUTE)))
                .isFalse();
    }

    @Test
    void sparesAccountsTheLimitOfRequestsInFlight() {
        RateLimits limits = builder()
                .audit(audit)
                .group(LimitGroup.named("g")
                        .byAddress(Limit.perMinute("by-address", 1))
                        .inFlight(new InFlightLimit("at-once", 1, Duration.ofMinutes(1))))
                .build();
        Requests requests = new Requests(limits);

        requests.begin(Requests.by(Caller.account("ada"), "203.0.113.1", ROUTE));

        assertThat(requests.passes(Requests.by(Caller.account("ada"), "203.0.113.2", ROUTE)))
                .isTrue();
    }

    @Test
    void ends() {
        time.advance(Duration.ofDays(1));
        Requests requests = new Requests(limits(audit));

        assertThat(passesThrice(requests, Caller.account("ada"), "203.0.113.")).isFalse();
    }

    @Test
    void isAuditedAtTheStartAndOnceInEachHourOfUse() {
        RateLimits limits = limits(audit);
        new RateLimitGate(limits, Routes.of(ROUTE), time).start();
        assertThat(audit.actions()).containsExactly("limit.exempted", "limit.exempted", "limit.exempted");
        Requests requests = new Requests(limits);

        passesThrice(requests, Caller.account("ada"), "203.0.113.");
        assertThat(audit.actions()).containsOnlyOnce("limit.exemption-used");
        assertThat(audit.events().get(3).details())
                .containsEntry("exemption", "partner")
                .containsEntry("reason", "batch");
        time.advance(Duration.ofHours(1));
        passesThrice(requests, Caller.account("ada"), "203.0.113.");

        assertThat(audit.actions().stream().filter("limit.exemption-used"::equals))
                .hasSize(2);
        assertThat(meters.get("gatehouse.ratelimit.exempt")
                        .tag("exemption", "partner")
                        .counter()
                        .count())
                .isEqualTo(6);
    }

    @Test
    void doesNotApplyWhenItsUseCannotBeAudited() {
        Requests requests = new Requests(limits(new FullAudit()));

        assertThat(passesThrice(requests, Caller.account("ada"), "203.0.113.")).isFalse();
    }

    /** Takes no event. */
    private static final class FullAudit implements AuditSink {
        @Override
        public void append(Tx tx, AuditEvent event) {
            throw new IllegalStateException("full");
        }

        @Override
        public void append(AuditEvent event) {
            throw new IllegalStateException("full");
        }
    }
}
