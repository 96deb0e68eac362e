// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionSettings;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.insight.Panel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                new Fact("Session, at most", settings.absolute().toString()),
                new Fact("Sessions an account", String.valueOf(settings.limit().most())));
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action(
                "remove-expired",
                "Remove what has expired",
                "Sessions, mailed tokens, attempts and API keys that are over are deleted now, as they are every minute.",
                this::removeExpired));
    }

    private String removeExpired(Actor actor) {
        int rows = auth.purge();
        auth.parts().store().transact(unit -> {
            auth.parts().trail().did(unit, "auth.expired.removed", actor, null);
            return true;
        });
        return rows + " rows were removed.";
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

    private List<Fact> facts(AuthUnit unit, Account account) {
        Instant now = auth.parts().clock().instant();
        List<Instant> counted = auth.parts().budgets().counted(unit, SessionFlow.identifier(account));
        return Stream.of(
                        List.of(
                                new Fact("Status", account.status().name()),
                                new Fact("Roles", String.join(" ", new TreeSet<>(account.roles()))),
                                new Fact("Since", account.createdAt().toString()),
                                new Fact("Sign-ins that failed lately", String.valueOf(counted.size())),
                                new Fact("The last that failed", latest(counted.stream()))),
                        factors(unit, account.id()),
                        sessions(unit.sessions().of(account.id())),
                        keys(unit.keys().of(account.id()), now))
                .flatMap(List::stream)
                .toList();
    }

    private List<Fact> factors(AuthUnit unit, String id) {
        String kinds = auth.parts().factors().kinds(unit.factors(), id).stream()
                .map(FactorKind::label)
                .collect(Collectors.joining(" "));
        return List.of(
                new Fact("Second factor", kinds.isEmpty() ? "none" : "enrolled"),
                new Fact("Kinds of factor", kinds.isEmpty() ? "none" : kinds),
                new Fact("Recovery codes left", String.valueOf(unit.factors().recoveryCodesLeft(id))));
    }

    private List<Fact> sessions(List<SessionRow> rows) {
        List<SessionRow> live =
                rows.stream().filter(auth.parts().sessions()::isLive).toList();
        long acted = live.stream().filter(row -> row.actor() != null).count();
        return List.of(
                new Fact("Sessions", String.valueOf(live.size())),
                new Fact("In which somebody else acts", String.valueOf(acted)),
                new Fact("Last seen", latest(live.stream().map(SessionRow::lastSeenAt))));
    }

    private static List<Fact> keys(List<ApiKey> keys, Instant now) {
        long live = keys.stream().filter(key -> now.isBefore(key.expiresAt())).count();
        return List.of(
                new Fact("API keys", String.valueOf(live)),
                new Fact(
                        "API keys last used",
                        latest(keys.stream().map(ApiKey::lastUsedAt).filter(Objects::nonNull))));
    }

    private static String latest(Stream<Instant> times) {
        return times.max(Instant::compareTo).map(Instant::toString).orElse("never");
    }
}
