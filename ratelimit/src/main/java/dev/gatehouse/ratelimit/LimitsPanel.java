// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.insight.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the consoles see of the limits. */
record LimitsPanel(RateLimits limits) implements Panel {

    private static final int ROWS = 20;

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
        return List.of(
                new Table("Refused since start", List.of("limit", "refused"), rows),
                new Table("Refused most, last minutes", List.of("kind", "key", "refused", "at least"), offenders()),
                new Table("Accounts from many places, last minutes", List.of("account", "places"), spreads()),
                new Table("Exempted", List.of("exemption", "who", "reason", "until"), exemptions()));
    }

    private List<List<String>> offenders() {
        return limits.signals().topRefused(ROWS).stream()
                .map(offender -> List.of(
                        offender.kind(),
                        offender.key(),
                        Long.toString(offender.refusals()),
                        Long.toString(offender.atLeast())))
                .toList();
    }

    private List<List<String>> spreads() {
        return limits.signals().spreads(ROWS).stream()
                .map(spread -> List.of(spread.account(), Integer.toString(spread.places())))
                .toList();
    }

    private List<List<String>> exemptions() {
        return limits.exemptions().all().stream()
                .limit(ROWS)
                .map(exemption -> List.of(
                        exemption.name(),
                        exemption.who(),
                        exemption.reason(),
                        exemption.until().toString()))
                .toList();
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
