// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.insight.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the consoles see of the limits. */
record LimitsPanel(RateLimits limits) implements Panel {

    @Override
    public String title() {
        return "Rate limits";
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        limits.limiter().space().ifPresent(space -> {
            for (LimitKey.Kind kind : LimitKey.Kind.values()) {
                facts.add(new Fact("buckets held, " + kind.tag(), space.held(kind) + " of at most " + space.maxKeys()));
                facts.add(new Fact("decisions on shared buckets, " + kind.tag(), Long.toString(space.overflows(kind))));
            }
        });
        return facts;
    }

    @Override
    public List<Table> tables() {
        Map<String, Long> refusals = limits.limiter().meters().refusals();
        List<List<String>> rows = refusals.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue().toString()))
                .toList();
        return List.of(new Table("Refused since start", List.of("limit", "refused"), rows));
    }

    @Override
    public List<Fact> about(String account) {
        return limits.statusOf(account).stream()
                .map(status -> new Fact(
                        "limit " + status.name(),
                        status.remaining() + " of " + status.limit() + " left, full in " + status.resetSeconds()
                                + " s"))
                .toList();
    }
}
