// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.SessionMint.Minted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes session rows and judges them: the rules of a session's life, without a store. Thread-safe. */
public final class Sessions {

    private static final int CLIENT_LENGTH = 200;

    private final SessionSettings settings;
    private final Roles roles;
    private final InstantSource clock;
    private final SessionMint mint;

    /** Sessions that live by {@code settings} and may do what {@code roles} grant. */
    public Sessions(SessionSettings settings, Roles roles, InstantSource clock, SessionMint mint) {
        this.settings = settings;
        this.roles = roles;
        this.clock = clock;
        this.mint = mint;
    }

    /** A new session of an account, in its present epoch and under fresh tokens. */
    public Opened open(Account account, @Nullable Instant factorAt, String client) {
        Instant now = clock.instant();
        String id = mint.id();
        Minted minted = mint.fresh(id);
        SessionRow row = new SessionRow(
                minted.hash(),
                id,
                account.id(),
                account.epoch(),
                now,
                now,
                now.plus(settings.absolute()),
                factorAt,
                client.length() <= CLIENT_LENGTH ? client : client.substring(0, CLIENT_LENGTH),
                minted.lineage(),
                null);
        return new Opened(row, minted.tokens());
    }

    /** Fresh tokens for a session whose privileges change. */
    public Minted mint(String id) {
        return mint.fresh(id);
    }

    /** That a session ends now. */
    public End end(EndReason reason) {
        return new End(clock.instant(), reason);
    }

    /** Whether {@code row} was not ended, and is neither idle for too long nor too old. */
    public boolean isLive(SessionRow row) {
        return row.end() == null && clock.instant().isBefore(settings.expiry(row));
    }

    /** Whether a kept session has not expired meanwhile. */
    public boolean isLive(Session session) {
        return clock.instant().isBefore(session.expiresAt());
    }

    /** The session as others see it; empty when it is over, of an earlier epoch, or its account may not sign in. */
    public Optional<Session> judge(SessionStore.Found found) {
        return isLive(found.row())
                        && found.row().epoch() == found.account().epoch()
                        && found.account().status() == Account.Status.ACTIVE
                ? Optional.of(view(found))
                : Optional.empty();
    }

    private Session view(SessionStore.Found found) {
        SessionRow row = found.row();
        Account account = found.account();
        Set<String> all = roles.permissions(account.roles(), true);
        // A factor that was removed since counts no more, whichever session removed it.
        Instant factorAt = found.factor() ? row.factorAt() : null;
        Set<String> now = roles.permissions(account.roles(), factorAt != null);
        Set<String> withheld = new HashSet<>(all);
        withheld.removeAll(now);
        Set<FactorKind> factors = found.factor() ? Set.of(FactorKind.values()) : Set.of();
        return new Session(
                row.id(),
                account.id(),
                account.email(),
                account.roles(),
                now,
                withheld,
                factors,
                factorAt,
                row.signedInAt(),
                settings.expiry(row));
    }

    /** Whether the last noted use of {@code row} is so long ago that this one must be noted. */
    public boolean needsTouch(SessionRow row) {
        return Duration.between(row.lastSeenAt(), clock.instant()).compareTo(settings.touchStep()) >= 0;
    }

    /** Sessions not used since then are over. */
    public Instant idleSince() {
        return clock.instant().minus(settings.idle());
    }

    /** How long sessions live. */
    public SessionSettings settings() {
        return settings;
    }

    /**
     * A new session.
     *
     * @param row what is kept
     * @param tokens for its owner, once
     */
    public record Opened(SessionRow row, SessionTokens tokens) {}
}
