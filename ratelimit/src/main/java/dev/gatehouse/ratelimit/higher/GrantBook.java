// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.ratelimit.Limit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every grant that holds, in memory, for the decisions: whoever has none costs one look into a map. Bounded by the number
 * of grants that the store may hold. Thread-safe.
 */
final class GrantBook {

    private final Map<String, Map<String, Raised>> byAccount = new ConcurrentHashMap<>();
    private final InstantSource clock;

    GrantBook(InstantSource clock) {
        this.clock = clock;
    }

    Limit of(String account, Limit limit) {
        Map<String, Raised> raised = byAccount.get(account);
        Raised found = raised == null ? null : raised.get(limit.name());
        return found == null ? limit : found.over(limit, clock.millis());
    }

    /** Takes in what changed; a grant that is over ends. */
    void take(Collection<LimitGrant> grants) {
        Instant now = clock.instant();
        grants.forEach(grant -> byAccount.compute(grant.account(), (account, held) -> with(held, grant, now)));
    }

    /** Forgets everything and takes these. */
    void replace(Collection<LimitGrant> grants) {
        Map<String, Map<String, LimitGrant>> kept = new HashMap<>();
        grants.forEach(grant ->
                kept.computeIfAbsent(grant.account(), a -> new HashMap<>()).put(grant.limit(), grant));
        byAccount.keySet().retainAll(kept.keySet());
        byAccount.replaceAll((account, held) -> only(held, kept.getOrDefault(account, Map.of())));
        take(grants);
    }

    /** Drops what is over by now. */
    void expire() {
        Instant now = clock.instant();
        byAccount.values().stream()
                .flatMap(held -> held.values().stream())
                .map(Raised::grant)
                .filter(grant -> grant.isOver(now))
                .toList()
                .forEach(grant -> byAccount.computeIfPresent(grant.account(), (a, held) -> without(held, grant)));
    }

    List<LimitGrant> held() {
        return byAccount.values().stream()
                .flatMap(held -> held.values().stream())
                .map(Raised::grant)
                .toList();
    }

    List<LimitGrant> of(String account) {
        Instant now = clock.instant();
        return byAccount.getOrDefault(account, Map.of()).values().stream()
                .map(Raised::grant)
                .filter(grant -> !grant.isOver(now))
                .toList();
    }

    private static @Nullable Map<String, Raised> with(
            @Nullable Map<String, Raised> held, LimitGrant grant, Instant now) {
        Map<String, Raised> changed = new HashMap<>(held == null ? Map.of() : held);
        if (grant.isOver(now)) {
            changed.remove(grant.limit());
        } else {
            changed.put(grant.limit(), new Raised(grant));
        }
        return changed.isEmpty() ? null : Map.copyOf(changed);
    }

    private static @Nullable Map<String, Raised> without(Map<String, Raised> held, LimitGrant grant) {
        Map<String, Raised> changed = new HashMap<>(held);
        changed.values().removeIf(raised -> raised.grant().equals(grant));
        return changed.isEmpty() ? null : Map.copyOf(changed);
    }

    private static Map<String, Raised> only(Map<String, Raised> held, Map<String, LimitGrant> kept) {
        Map<String, Raised> changed = new HashMap<>(held);
        changed.keySet().retainAll(kept.keySet());
        return Map.copyOf(changed);
    }

    /** A grant, and the limit it makes, which is made once. */
    private static final class Raised {

        private final LimitGrant grant;
        private final long untilMillis;
        private volatile @Nullable Made made;

        Raised(LimitGrant grant) {
            this.grant = grant;
            this.untilMillis = grant.until().toEpochMilli();
        }

        LimitGrant grant() {
            return grant;
        }

        /** A declared limit that has become higher than the grant since stays. */
        Limit over(Limit declared, long nowMillis) {
            if (nowMillis >= untilMillis || declared.permits() >= grant.permits()) {
                return declared;
            }
            Made known = made;
            if (known == null || !known.declared().equals(declared)) {
                known = new Made(declared, declared.withPermits(grant.permits()));
                made = known;
            }
            return known.raised();
        }
    }

    private record Made(Limit declared, Limit raised) {}
}
