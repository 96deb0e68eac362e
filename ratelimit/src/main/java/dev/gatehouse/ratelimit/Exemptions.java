// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Whom no limit counts. Thread-safe. */
final class Exemptions {

    private static final long AUDIT_EVERY = Duration.ofHours(1).toMillis();
    private static final Actor ACTOR = Actor.system("ratelimit");

    private final List<Entry> addresses;
    private final Map<String, Entry> accounts = new HashMap<>();
    private final Map<String, Entry> keys = new HashMap<>();
    private final List<Exemption> all;
    private final AuditSink audit;
    private final InstantSource clock;
    private final RuleMeters meters;

    Exemptions(List<Exemption> all, AuditSink audit, InstantSource clock, RuleMeters meters) {
        this.all = List.copyOf(all);
        this.audit = audit;
        this.clock = clock;
        this.meters = meters;
        this.addresses = all.stream()
                .filter(exemption -> exemption.kind() == Exemption.Kind.ADDRESSES)
                .map(exemption -> new Entry(exemption, Cidr.of(exemption.who())))
                .toList();
        put(Exemption.Kind.ACCOUNT, accounts);
        put(Exemption.Kind.API_KEY, keys);
    }

    private void put(Exemption.Kind kind, Map<String, Entry> entries) {
        all.stream()
                .filter(exemption -> exemption.kind() == kind)
                .forEach(exemption -> entries.put(exemption.who(), new Entry(exemption, null)));
    }

    List<Exemption> all() {
        return all;
    }

    /** Writes down which there are. */
    void announce() {
        all.forEach(exemption -> audit.append(event("limit.exempted", exemption)));
    }

    boolean covers(InetAddress client) {
        for (int i = 0; i < addresses.size(); i++) {
            Cidr block = addresses.get(i).block;
            if (block != null && block.contains(client) && applies(addresses.get(i))) {
                return true;
            }
        }
        return false;
    }

    boolean covers(Optional<Caller> caller) {
        if ((accounts.isEmpty() && keys.isEmpty()) || caller.isEmpty()) {
            return false;
        }
        String key = caller.get().key();
        Entry entry = key == null ? null : keys.get(key);
        return applies(entry) || applies(accounts.get(caller.get().account()));
    }

    private boolean applies(@Nullable Entry entry) {
        if (entry == null || !entry.exemption.until().isAfter(clock.instant()) || !isAudited(entry)) {
            return false;
        }
        meters.exempted(entry.exemption.name());
        return true;
    }

    private boolean isAudited(Entry entry) {
        long now = clock.millis();
        long last = entry.auditedAt.get();
        if ((last != 0 && now - last < AUDIT_EVERY) || !entry.auditedAt.compareAndSet(last, now)) {
            return true;
        }
        try {
            audit.append(event("limit.exemption-used", entry.exemption));
            return true;
        } catch (RuntimeException e) {
            entry.auditedAt.set(last);
            return false;
        }
    }

    private static AuditEvent event(String action, Exemption exemption) {
        boolean isAccount = exemption.kind() == Exemption.Kind.ACCOUNT;
        return AuditEvent.success(action, ACTOR, isAccount ? exemption.who() : null)
                .with("exemption", exemption.name())
                .with("who", exemption.who())
                .with("reason", exemption.reason())
                .with("until", exemption.until().toString());
    }

    private static final class Entry {

        private final Exemption exemption;
        private final @Nullable Cidr block;
        private final AtomicLong auditedAt = new AtomicLong();

        Entry(Exemption exemption, @Nullable Cidr block) {
            this.exemption = exemption;
            this.block = block;
        }
    }
}
