// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What administrators do to accounts. */
final class AccountFlow {

    private final Parts parts;
    private final SessionFlow sessions;
    private final Roles roles;

    AccountFlow(Parts parts, SessionFlow sessions, Roles roles) {
        this.parts = parts;
        this.sessions = sessions;
        this.roles = roles;
    }

    boolean createAdministrator(String typed, Secret password, Set<String> granted) {
        EmailAddress email = EmailAddress.parse(typed)
                .orElseThrow(() -> new IllegalArgumentException("auth.administrator: email is not an address"));
        refuseUnknown(granted);
        if (parts.store().read(unit -> unit.accounts().credentials(email.key())).isPresent()) {
            return false;
        }
        parts.passwords().broken(password, Optional.of(email)).ifPresent(rule -> {
            throw new IllegalArgumentException("auth.administrator: password " + rule);
        });
        String hash = parts.passwords().hasher().hash(password);
        return parts.store().transact(unit -> create(unit, email, hash, granted));
    }

    private boolean create(AuthUnit unit, EmailAddress email, String hash, Set<String> granted) {
        Account account = new Account(
                parts.tokens().id(),
                email.text(),
                Account.Status.ACTIVE,
                granted,
                parts.clock().instant());
        boolean created = unit.accounts().create(account, email.key(), hash);
        if (created) {
            parts.trail().did(unit, "auth.administrator.created", Actor.system("auth"), account.id());
        }
        return created;
    }

    Optional<Account> find(String idOrEmail) {
        Optional<String> key = EmailAddress.parse(idOrEmail).map(EmailAddress::key);
        if (key.isEmpty() && !Tokens.isId(idOrEmail)) {
            return Optional.empty();
        }
        return parts.store()
                .read(unit -> key.isPresent()
                        ? unit.accounts().credentials(key.get()).map(Credentials::account)
                        : unit.accounts().find(idOrEmail));
    }

    AccountChange setRoles(Session asking, String account, Set<String> granted) {
        refuseUnknown(granted);
        Change change = new Change("auth.account.roles-changed", account, spelled(granted));
        return change(asking, change, granted, unit -> {
            unit.accounts().setRoles(account, granted);
            sessions.rights(unit, account);
        });
    }

    AccountChange setStatus(Session asking, String account, Account.Status status) {
        Change change = new Change("auth.account.status-changed", account, status.name());
        Set<String> kept = status == Account.Status.ACTIVE ? roles.names() : Set.of();
        return change(asking, change, kept, unit -> {
            unit.accounts().setStatus(account, status);
            if (status == Account.Status.DISABLED) {
                sessions.endAll(unit, account, "", EndReason.ACCOUNT_DISABLED);
                unit.keys().revokeAll(account);
            }
        });
    }

    private AccountChange change(Session asking, Change change, Set<String> kept, Consumer<AuthUnit> work) {
        return Tokens.isId(change.account)
                ? parts.store().transact(unit -> change(unit, asking, change, kept, work))
                : AccountChange.NO_SUCH_ACCOUNT;
    }

    private AccountChange change(
            AuthUnit unit, Session asking, Change change, Set<String> kept, Consumer<AuthUnit> work) {
        Map<String, Account> locked = lock(unit, asking.account(), change.account);
        if (!locked.containsKey(change.account)) {
            return AccountChange.NO_SUCH_ACCOUNT;
        }
        Set<String> privileged = privileged(asking.roles());
        boolean own = asking.account().equals(change.account);
        if (!isStill(locked.get(asking.account()), privileged) || (own && !kept.containsAll(privileged))) {
            return AccountChange.REFUSED;
        }
        work.accept(unit);
        parts.trail().changed(unit, change.action, Actor.account(asking.account()), change.account, change.to);
        return AccountChange.DONE;
    }

    /** Both accounts, always in the same order, so that two who change each other do not wait for each other. */
    private static Map<String, Account> lock(AuthUnit unit, String... ids) {
        Map<String, Account> locked = new HashMap<>();
        for (String id : new TreeSet<>(List.of(ids))) {
            unit.accounts().lock(id).ifPresent(account -> locked.put(id, account));
        }
        return locked;
    }

    private Set<String> privileged(Set<String> names) {
        Set<String> privileged = new HashSet<>(names);
        privileged.removeIf(role -> !roles.isPrivileged(role));
        return privileged;
    }

    /** Whether whoever asks has not lost meanwhile what let them ask. */
    private static boolean isStill(@Nullable Account asking, Set<String> privileged) {
        return privileged.isEmpty()
                || (asking != null
                        && asking.status() == Account.Status.ACTIVE
                        && asking.roles().containsAll(privileged));
    }

    private void refuseUnknown(Set<String> granted) {
        Set<String> unknown = new TreeSet<>(granted);
        unknown.removeAll(roles.names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "auth.roles: " + spelled(unknown) + " is not declared; there are " + spelled(roles.names()));
        }
    }

    private static String spelled(Set<String> names) {
        return String.join(" ", new TreeSet<>(names));
    }

    private record Change(String action, String account, String to) {}
}
