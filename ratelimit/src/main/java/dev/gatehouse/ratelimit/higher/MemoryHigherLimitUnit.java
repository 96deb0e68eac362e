// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.jdbc.Tx;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and grants in maps. */
final class MemoryHigherLimitUnit implements HigherLimitUnit {

    private static final Tx NO_DATABASE = new Tx((Connection) Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("ratelimit: a store in memory has no database connection; use"
                        + " HigherLimitStore.jdbc when the audit log writes to a database");
            }));

    private static final Comparator<LimitRequest> WAITING_FIRST = Comparator.comparing(
                    (LimitRequest request) -> request.answer().isPresent())
            .thenComparing(MemoryHigherLimitUnit::rank)
            .thenComparing(LimitRequest::id);

    private final Map<String, LimitRequest> requests = new HashMap<>();
    private final Map<Place, Versioned> grants = new HashMap<>();
    private long version;

    MemoryHigherLimitUnit copy() {
        MemoryHigherLimitUnit copy = new MemoryHigherLimitUnit();
        copy.requests.putAll(requests);
        copy.grants.putAll(grants);
        copy.version = version;
        return copy;
    }

    @Override
    public Tx tx() {
        return NO_DATABASE;
    }

    @Override
    public boolean file(LimitRequest request) {
        return waiting(request.account(), request.limit()).isEmpty()
                && requests.putIfAbsent(request.id(), request) == null;
    }

    @Override
    public Optional<LimitRequest> waiting(String account, String limit) {
        return requests.values().stream()
                .filter(request -> request.answer().isEmpty())
                .filter(request ->
                        request.account().equals(account) && request.limit().equals(limit))
                .findFirst();
    }

    @Override
    public long waiting() {
        return requests.values().stream()
                .filter(request -> request.answer().isEmpty())
                .count();
    }

    @Override
    public Optional<LimitRequest> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public boolean answer(String id, LimitAnswer answer) {
        Optional<LimitRequest> waits =
                find(id).filter(request -> request.answer().isEmpty());
        waits.ifPresent(request -> requests.put(id, request.answered(answer)));
        return waits.isPresent();
    }

    @Override
    public List<LimitRequest> requests(int most) {
        return requests.values().stream().sorted(WAITING_FIRST).limit(most).toList();
    }

    @Override
    public void put(LimitGrant grant) {
        version++;
        grants.put(new Place(grant.account(), grant.limit()), new Versioned(grant, version));
    }

    @Override
    public Optional<LimitGrant> grant(String account, String limit) {
        return Optional.ofNullable(grants.get(new Place(account, limit))).map(Versioned::grant);
    }

    @Override
    public long held(Instant now) {
        return grants.values().stream()
                .filter(held -> !held.grant().isOver(now))
                .count();
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public GrantChanges changesAfter(long known) {
        List<Versioned> changed = grants.values().stream()
                .filter(held -> held.version() > known)
                .sorted(Comparator.comparingLong(Versioned::version))
                .toList();
        long newest =
                changed.isEmpty() ? known : changed.get(changed.size() - 1).version();
        return new GrantChanges(newest, changed.stream().map(Versioned::grant).toList());
    }

    @Override
    public int forget(Instant before) {
        int held = requests.size() + grants.size();
        requests.values()
                .removeIf(request -> request.answer()
                        .filter(answer -> answer.at().isBefore(before))
                        .isPresent());
        grants.values().removeIf(kept -> kept.grant().until().isBefore(before));
        return held - requests.size() - grants.size();
    }

    /** Waiting ones by age, answered ones by how lately. */
    private static long rank(LimitRequest request) {
        return request.answer()
                .map(answer -> -answer.at().toEpochMilli())
                .orElse(request.askedAt().toEpochMilli());
    }

    private record Place(String account, String limit) {}

    private record Versioned(LimitGrant grant, long version) {}
}
