// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.session.Sessions.Opened;
import dev.gatehouse.auth.store.AuthUnit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where flows are rehearsed: the real store, hasher and settings, in one transaction that is never kept. No mail goes
 * out, nothing is audited or counted.
 */
final class Stage {

    /** The mails that would have gone out. */
    final List<AuthMail> mails = new ArrayList<>();

    final AuthUnit unit;
    final Auth auth;
    private final Parts parts;

    private Stage(Auth real, AuthUnit unit) {
        this.unit = unit;
        this.parts = real.parts().staged(new RehearsalStore(unit), (tx, mail) -> mails.add(mail));
        this.auth = real.staged(parts);
    }

    /** Plays {@code play}; what it gives back is a fault, or empty. */
    static <T> T play(Auth auth, Function<Stage, T> play) {
        return auth.parts().store().rehearse(unit -> play.apply(new Stage(auth, unit)));
    }

    /** An account that exists for the length of the play. */
    Account account(String passwordHash, String... roles) {
        EmailAddress email = unknown();
        Instant now = parts.clock().instant();
        Account account = new Account(parts.tokens().id(), email.text(), Account.Status.ACTIVE, Set.of(roles), now);
        unit.accounts().create(account, email.key(), passwordHash);
        return account;
    }

    /** An address that no account has. */
    EmailAddress unknown() {
        return EmailAddress.parse(parts.tokens().id() + "@rehearsal.invalid").orElseThrow();
    }

    /** A session of this account. */
    Opened session(Account account, @Nullable Instant factorAt) {
        Opened opened = parts.sessions().open(account, factorAt, "rehearsal");
        unit.sessions().create(opened.row());
        return opened;
    }

    Parts parts() {
        return parts;
    }
}
