// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.session.SessionSettings;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.insight.Panel;
import java.util.List;
import java.util.TreeSet;

/** What the consoles show of this gate: its settings, and an account's state without its secrets. */
final class AuthPanel implements Panel {

    private final Auth auth;

    AuthPanel(Auth auth) {
        this.auth = auth;
    }

    @Override
    public String title() {
        return "Accounts and sign-in";
    }

    @Override
    public List<Fact> facts() {
        Parts parts = auth.parts();
        SessionSettings settings = parts.sessions().settings();
        long accounts = parts.store().read(unit -> unit.accounts().count());
        return List.of(
                new Fact("Accounts", String.valueOf(accounts)),
                new Fact("Password hash", parts.passwords().hasher().prefix()),
                new Fact("Session, unused", settings.idle().toString()),
                new Fact("Session, at most", settings.absolute().toString()));
    }

    @Override
    public List<Fact> about(String account) {
        return auth.parts()
                .store()
                .read(unit -> unit.accounts()
                        .find(account)
                        .map(found -> facts(unit, found))
                        .orElse(List.of()));
    }

    private static List<Fact> facts(AuthUnit unit, Account account) {
        String id = account.id();
        boolean enrolled = unit.factors()
                .generator(id)
                .filter(FactorStore.Generator::isEnrolled)
                .isPresent();
        return List.of(
                new Fact("Status", account.status().name()),
                new Fact("Roles", String.join(" ", new TreeSet<>(account.roles()))),
                new Fact("Since", account.createdAt().toString()),
                new Fact("Second factor", enrolled ? "enrolled" : "none"),
                new Fact("Recovery codes left", String.valueOf(unit.factors().recoveryCodesLeft(id))),
                new Fact("Sessions", String.valueOf(unit.sessions().of(id).size())));
    }
}
