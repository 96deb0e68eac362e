// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.insight.Panel;
import java.util.Comparator;
import java.util.List;

/** What the consoles see of the grants: from memory, and the requests through the application's own pages. */
record HigherLimitsPanel(HigherLimits limits) implements Panel {

    private static final int ROWS = 100;

    @Override
    public String title() {
        return "Higher limits";
    }

    @Override
    public List<Fact> facts() {
        return List.of(
                new Fact("grants held", Integer.toString(limits.book().held().size())),
                new Fact("last looked for changes", limits.reader().ageNanos() / 1_000_000 + " ms ago"));
    }

    @Override
    public List<Table> tables() {
        List<List<String>> rows = limits.book().held().stream()
                .sorted(Comparator.comparing(LimitGrant::until))
                .limit(ROWS)
                .map(grant -> List.of(
                        grant.account(),
                        grant.limit(),
                        Long.toString(grant.permits()),
                        grant.until().toString()))
                .toList();
        return List.of(new Table("Grants, first to end first", List.of("account", "limit", "units", "until"), rows));
    }

    @Override
    public List<Fact> about(String account) {
        return limits.grants(account).stream()
                .map(grant -> new Fact("granted limit " + grant.limit(), grant.permits() + " until " + grant.until()))
                .toList();
    }
}
