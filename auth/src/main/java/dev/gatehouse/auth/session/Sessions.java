// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Rights.Granted;
import dev.gatehouse.auth.session.SessionMint.Minted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes session rows and judges them: the rules of a session's life, without a store. Thread-safe. */
public final class Sessions {

    private static final int CLIENT_LENGTH = 200;
    private static final Set<FactorKind> ALL_KINDS = Set.of(FactorKind.values());

    private final SessionSettings settings;
    private final Rights rights;
    private final InstantSource clock;
    private final SessionMint mint;

    /** Sessions that live by {@code settings} and may do what {@code roles} grant. */
    public Sessions(SessionSettings settings, Roles roles, InstantSource clock, SessionMint mint) {
        this.settings = settings;
        this.rights = new Rights(roles);
        this.clock = clock;
        this.mint = mint;
    }

    /** A new session of an account, in its present epoch and under fresh tokens. */
    public Opened open(Account account, @Nullable Instant factorAt, String client) {
        String cut = client.length() <= CLIENT_LENGTH ? client : client.substring(0, CLIENT_LENGTH);
        // Whatever a client calls itself must neither stop a database nor turn a list of sessions upside down.
        String words = cut.replaceAll("\\p{C}", " ");
        return open(account, new Terms(factorAt, words, null, settings.absolute()));
    }

    /** A new session of an account in which somebody else acts, from the session {@code actor}. */
    public Opened actAs(Account account, String actor, Duration life) {
        return open(account, new Terms(null, "impersonation", actor, life));
    }

    private Opened open(Account account, Terms terms) {
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
                now.plus(terms.life),
                terms.factorAt,
                terms.client,
                terms.actor,
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
        return over(row).isEmpty();
    }

    private Optional<EndReason> over(SessionRow row) {
        End own = row.end();
        if (own != null) {
            return Optional.of(own.reason());
        }
        End end = row.overBy(settings.idle());
        return clock.instant().isBefore(end.at()) ? Optional.empty() : Optional.of(end.reason());
    }

    /** Why a session is over; empty while it is live. */
    public Optional<EndReason> over(SessionStore.Found found) {
        Optional<EndReason> over = over(found.row());
        if (over.isPresent()) {
            return over;
        }
        if (found.account().status() != Account.Status.ACTIVE) {
            return Optional.of(EndReason.ACCOUNT_DISABLED);
        }
        return found.row().epoch() == found.account().epoch() ? Optional.empty() : Optional.of(EndReason.REVOKED);
    }

    /**
     * The sessions of an account that must end so that one more may begin; empty when none may.
     *
     * @param open the account's sessions that nobody ended
     */
    public Optional<List<SessionRow>> room(List<SessionRow> open) {
        List<SessionRow> live = open.stream().filter(this::isLive).toList();
        SessionLimit limit = settings.limit();
        int surplus = live.size() - limit.most() + 1;
        if (surplus <= 0) {
            return Optional.of(List.of());
        }
        return switch (limit.then()) {
            case REFUSE_NEW -> Optional.empty();
            case END_OLDEST -> Optional.of(first(surplus, live, SessionRow::signedInAt));
            case END_LEAST_RECENTLY_USED -> Optional.of(first(surplus, live, SessionRow::lastSeenAt));
        };
    }

    private static List<SessionRow> first(int count, List<SessionRow> live, Function<SessionRow, Instant> by) {
        return live.stream()
                .sorted(Comparator.comparing(by)
                        .thenComparing(SessionRow::signedInAt)
                        .thenComparing(SessionRow::id))
                .limit(count)
                .toList();
    }

    /** Whether a kept session has not expired meanwhile, to the millisecond: the hot path. */
    public boolean isLive(Session session) {
        return clock.millis() < session.expiresAt().toEpochMilli();
    }

    /** The session as others see it; empty when it is over, of an earlier epoch, or its account may not sign in. */
    public Optional<Session> judge(SessionStore.Found found) {
        return over(found).isEmpty() ? Optional.of(view(found)) : Optional.empty();
    }

    private Session view(SessionStore.Found found) {
        SessionRow row = found.row();
        Account account = found.account();
        Granted granted = rights.of(account.roles());
        // A factor that was removed since counts no more, whichever session removed it.
        Instant factorAt = found.factor() ? row.factorAt() : null;
        return new Session(
                row.id(),
                account.id(),
                account.email(),
                granted.roles(),
                granted.now(factorAt != null),
                granted.withheld(factorAt != null),
                found.factor() ? ALL_KINDS : Set.of(),
                factorAt,
                row.signedInAt(),
                settings.expiry(row),
                null);
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

    private record Terms(
            @Nullable Instant factorAt,
            String client,
            @Nullable String actor,
            Duration life) {}

    /**
     * A new session.
     *
     * @param row what is kept
     * @param tokens for its owner, once
     */
    public record Opened(SessionRow row, SessionTokens tokens) {}
}
