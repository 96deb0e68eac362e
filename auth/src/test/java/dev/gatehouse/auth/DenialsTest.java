// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.access.Decision;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.jdbc.Tx;
import dev.gatehouse.testing.FakeExchange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DenialsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final World world = new World(AuthStore.inMemory(), builder -> builder.meters(meters));
    private final String ann = world.ann();
    private final Session session = world.session(world.signIn().session());

    private List<AuditEvent> denials() {
        return world.audit.events().stream()
                .filter(event -> event.action().equals("auth.access.denied"))
                .toList();
    }

    private double counted(String name) {
        return meters.find(name).counters().stream()
                .mapToDouble(each -> each.count())
                .sum();
    }

    @Test
    void nameAccountPermissionOwnerAndReason() {
        world.auth.authorize(session).require("refund").on("bob");
        assertThat(denials())
                .containsExactly(AuditEvent.denied("auth.access.denied", Actor.account(ann), "bob")
                        .with("permission", "refund")
                        .with("reason", "not-owner"));
    }

    @Test
    void areAuditedTenTimesAMinuteAnAccountAndCountedAlways() {
        for (int i = 0; i < 25; i++) {
            world.auth.authorize(session).require("refund").on("bob");
        }
        assertThat(denials()).hasSize(10);
        assertThat(counted("gatehouse.auth.denials")).isEqualTo(25);
        assertThat(counted("gatehouse.auth.denials.unaudited")).isEqualTo(15);
        world.time.advance(Duration.ofMinutes(1));
        world.auth.authorize(session).require("refund").on("bob");
        assertThat(denials()).hasSize(11);
    }

    @Test
    void standThoughTheAuditLogIsDown() {
        AuditSink down = new AuditSink() {
            @Override
            public void append(Tx tx, AuditEvent event) {}

            @Override
            public void append(AuditEvent event) {
                throw new IllegalStateException("down");
            }
        };
        World other = new World(
                AuthStore.inMemory(), builder -> builder.meters(meters).audit(down));
        assertThat(other.auth.authorize(session).require("refund").on("bob")).isInstanceOf(Decision.Denied.class);
        assertThat(counted("gatehouse.auth.denials.unaudited")).isEqualTo(1);
    }

    @Test
    void tellOfRoutesToo() {
        Route route = Route.get("/ops").access(Access.permission("operate"));
        FakeExchange exchange = FakeExchange.to(route)
                .with("Cookie", "__Host-session=" + world.signIn().session().reveal());
        new AuthGate(world.auth, Routes.of(route))
                .interceptors()
                .forEach(step -> assertThat(step.before(exchange)).isInstanceOf(Verdict.class));
        assertThat(denials()).hasSize(1);
        assertThat(denials().get(0).details())
                .containsEntry("route", "GET /ops")
                .containsEntry("permission", "operate")
                .containsEntry("reason", "forbidden");
    }

    @Test
    void areTheSameForTheCallerOfARequest() {
        FakeExchange stranger = new FakeExchange("GET", "/");
        assertThat(world.auth.authorize(stranger).require("buy").on(ann)).isInstanceOf(Decision.Denied.class);
        assertThat(denials()).isEmpty();
    }
}
