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
import dev.gatehouse.config.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

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
        return parts.store()
                .read(unit -> key.isPresent()
                        ? unit.accounts().credentials(key.get()).map(Credentials::account)
                        : unit.accounts().find(idOrEmail));
    }

    boolean setRoles(Session asking, String account, Set<String> granted) {
        refuseUnknown(granted);
        return change(account, unit -> {
            boolean found = unit.accounts().setRoles(account, granted);
            sessions.rights(unit, account);
            record(found, unit, asking, new Change("auth.account.roles-changed", account, spelled(granted)));
            return found;
        });
    }

    boolean setStatus(Session asking, String account, Account.Status status) {
        return change(account, unit -> {
            boolean found = unit.accounts().setStatus(account, status);
            if (status == Account.Status.DISABLED) {
                sessions.endAll(unit, account, "", EndReason.ACCOUNT_DISABLED);
                unit.keys().revokeAll(account);
            }
            record(found, unit, asking, new Change("auth.account.status-changed", account, status.name()));
            return found;
        });
    }

    private boolean change(String account, Predicate<AuthUnit> work) {
        return account.length() <= 32 && parts.store().transact(work::test);
    }

    private void record(boolean found, AuthUnit unit, Session asking, Change change) {
        if (found) {
            parts.trail().changed(unit, change.action, Actor.account(asking.account()), change.account, change.to);
        }
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
