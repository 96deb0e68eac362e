// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.audit.Actor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes requests and answers them, each in one transaction with its audit event. */
final class LimitDesk {

    private static final int ID_BYTES = 16;
    private static final Duration KEPT = Duration.ofDays(90);

    private final HigherLimitStore store;
    private final Map<String, Raisable> raisable;
    private final Trail trail;
    private final InstantSource clock;
    private final SecureRandom random;
    private final int maxWaiting;
    private final int maxGrants;

    LimitDesk(HigherLimitsBuilder settings) {
        store = settings.store;
        raisable = Map.copyOf(settings.raisable);
        trail = new Trail(settings.audit, settings.changes);
        clock = settings.clock;
        random = settings.random;
        maxWaiting = settings.maxWaiting;
        maxGrants = settings.maxGrants;
    }

    Asked request(String account, String limit, long wanted, String reason) {
        Raisable asked = raisable.get(limit);
        if (asked == null) {
            return new Asked.Invalid(
                    "limit",
                    "must be one of " + raisable.keySet().stream().sorted().toList());
        }
        if (!asked.holds(wanted)) {
            return new Asked.Invalid("wanted", asked.range());
        }
        Optional<String> problem = Raisable.textProblem(reason, true);
        return problem.isPresent()
                ? new Asked.Invalid("reason", problem.get())
                : store.transact(unit -> file(unit, fresh(account, limit, wanted, reason)));
    }

    private LimitRequest fresh(String account, String limit, long wanted, String reason) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new LimitRequest(HexFormat.of().formatHex(id), account, limit, wanted, reason, now(), Optional.empty());
    }

    private Asked file(HigherLimitUnit unit, LimitRequest request) {
        if (unit.waiting() >= maxWaiting) {
            return new Asked.TooMany();
        }
        if (!unit.file(request)) {
            return unit.waiting(request.account(), request.limit())
                    .<Asked>map(Asked.AlreadyPending::new)
                    .orElseGet(Asked.TooMany::new);
        }
        trail.requested(unit.tx(), request);
        return new Asked.Filed(request);
    }

    List<LimitRequest> requests(int most) {
        return store.transact(unit -> unit.requests(most));
    }

    Ruled grant(String id, long permits, Duration lasting, Actor by, String remark) {
        Optional<Ruled> problem = Raisable.durationProblem(lasting)
                .<Ruled>map(rule -> new Ruled.Invalid("days", rule))
                .or(() -> remarkProblem(remark));
        if (problem.isPresent()) {
            return problem.get();
        }
        Ruled ruled = rule(id, (unit, request) -> grant(unit, request, permits, lasting, new Said(by, remark)));
        trail.tell(ruled, by);
        return ruled;
    }

    private Ruled grant(HigherLimitUnit unit, LimitRequest request, long permits, Duration lasting, Said said) {
        Raisable asked = raisable.get(request.limit());
        if (asked == null || !asked.holds(permits)) {
            return new Ruled.Invalid("granted", asked == null ? "is of a limit that cannot be raised" : asked.range());
        }
        LimitGrant grant = new LimitGrant(request.account(), request.limit(), permits, now().plus(lasting));
        Ruled ruled = answer(
                unit, request, new LimitAnswer(Optional.of(grant), said.by().toString(), said.remark(), now()));
        if (ruled instanceof Ruled.Done done) {
            unit.put(grant);
            if (unit.held(now()) > maxGrants) {
                throw new Undone(new Ruled.TooMany());
            }
            trail.answered(unit.tx(), done.request(), said);
        }
        return ruled;
    }

    Ruled refuse(String id, Actor by, String remark) {
        return remarkProblem(remark)
                .orElseGet(() -> rule(id, (unit, request) -> {
                    Ruled ruled =
                            answer(unit, request, new LimitAnswer(Optional.empty(), by.toString(), remark, now()));
                    if (ruled instanceof Ruled.Done done) {
                        trail.answered(unit.tx(), done.request(), new Said(by, remark));
                    }
                    return ruled;
                }));
    }

    Optional<LimitGrant> withdraw(String account, String limit, Actor by, String remark) {
        Optional<LimitGrant> ended = store.transact(unit -> {
            Optional<LimitGrant> held = unit.grant(account, limit).filter(grant -> !grant.isOver(now()));
            held.ifPresent(grant -> {
                unit.put(new LimitGrant(account, limit, grant.permits(), now()));
                trail.withdrawn(unit.tx(), grant, new Said(by, remark));
            });
            return held;
        });
        ended.ifPresent(grant -> trail.tellWithdrawn(grant, by));
        return ended;
    }

    void verifySchema() {
        store.verifySchema();
    }

    /** Deletes what was answered, and what ended, long ago; the audit log keeps it. */
    int forget() {
        return store.transact(unit -> unit.forget(now().minus(KEPT)));
    }

    private Ruled rule(String id, Ruling ruling) {
        try {
            return store.transact(unit ->
                    unit.find(id).map(request -> ruling.on(unit, request)).orElseGet(Ruled.Unknown::new));
        } catch (Undone undone) {
            return undone.ruled;
        }
    }

    private static Ruled answer(HigherLimitUnit unit, LimitRequest request, LimitAnswer answer) {
        return unit.answer(request.id(), answer)
                ? new Ruled.Done(request.answered(answer))
                : new Ruled.AlreadyAnswered(unit.find(request.id()).orElse(request));
    }

    private static Optional<Ruled> remarkProblem(String remark) {
        return Raisable.textProblem(remark, false).map(rule -> new Ruled.Invalid("remark", rule));
    }

    /** Stores keep milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private interface Ruling {
        Ruled on(HigherLimitUnit unit, LimitRequest request);
    }

    /** Leaves a transaction so that nothing of it is kept. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Ruled ruled;

        Undone(Ruled ruled) {
            super("ratelimit: undone", null, false, false);
            this.ruled = ruled;
        }
    }
}
