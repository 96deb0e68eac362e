// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.Overrides;
import dev.gatehouse.readiness.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way for customers to get higher limits: they ask, an operator grants or refuses, and a grant holds until it ends or
 * is withdrawn. Everything is audited in the transaction that keeps it. Thread-safe.
 *
 * <p>A grant holds on this instance when {@link #grant} returns and on every other one within a second: each looks at the
 * store twice a second, once the {@link HigherLimitsGate} has started. While the store cannot be asked, what was read
 * before keeps holding, until it ends by the clock.
 */
public final class HigherLimits implements Overrides {

    private final LimitDesk desk;
    private final GrantBook book;
    private final GrantReader reader;
    private final GrantRehearsal rehearsal;
    private final Duration poll;

    HigherLimits(HigherLimitsBuilder settings) {
        book = new GrantBook(settings.clock);
        reader = new GrantReader(settings.store, book, settings.ticker, settings.registry);
        desk = new LimitDesk(settings);
        poll = settings.poll;
        rehearsal = new GrantRehearsal(settings.store, settings.clock, reader, settings.raisable.values());
        GrantMeters.watch(book, settings.registry);
    }

    /** Higher limits kept in {@code store}, to be set up. */
    public static HigherLimitsBuilder builder(HigherLimitStore store) {
        return new HigherLimitsBuilder(store);
    }

    /**
     * Files a customer's request; audited as {@code limit.requested}. One waits at a time for an account and a limit.
     *
     * @param account the account's opaque ID
     * @param limit the name of a limit that may be raised
     * @param wanted units of a full bucket
     * @param reason the customer's words, 1 to 500 characters
     */
    public Asked request(String account, String limit, long wanted, String reason) {
        return desk.request(account, limit, wanted, reason);
    }

    /** The requests that wait, oldest first, then those that were answered, newest first; {@code most} at most. */
    public List<LimitRequest> requests(int most) {
        return desk.requests(most);
    }

    /**
     * Grants a request, which need not be as much as was wanted; audited as {@code limit.granted} and told as a change.
     *
     * @param permits units of a full bucket
     * @param lasting how long it holds, 1 second to 366 days
     * @param by who decides
     * @param remark why, at most 500 characters; may be empty
     */
    public Ruled grant(String id, long permits, Duration lasting, Actor by, String remark) {
        return applied(desk.grant(id, permits, lasting, by, remark));
    }

    /** Refuses a request, with a remark of at most 500 characters; audited as {@code limit.refused}. */
    public Ruled refuse(String id, Actor by, String remark) {
        return desk.refuse(id, by, remark);
    }

    /** Ends a grant before its time; audited as {@code limit.withdrawn}. The grant that ended, if there was one. */
    public Optional<LimitGrant> withdraw(String account, String limit, Actor by, String remark) {
        return applied(desk.withdraw(account, limit, by, remark));
    }

    /** The grants that hold for an account, as this instance knows them. */
    public List<LimitGrant> grants(String account) {
        return book.of(account);
    }

    /** Reads what changed in the store, now. Throws {@link HigherLimitStoreException} when it cannot be asked. */
    public void refresh() {
        reader.read();
    }

    @Override
    public Limit of(String account, Limit limit) {
        return book.of(account, limit);
    }

    @Override
    public Finding check() {
        return rehearsal.call();
    }

    LimitDesk desk() {
        return desk;
    }

    GrantBook book() {
        return book;
    }

    GrantReader reader() {
        return reader;
    }

    Duration poll() {
        return poll;
    }

    /** What was just committed holds here at once; should reading fail, the next look catches up. */
    private <T> T applied(T result) {
        try {
            reader.read();
        } catch (HigherLimitStoreException e) {
            return result;
        }
        return result;
    }
}
