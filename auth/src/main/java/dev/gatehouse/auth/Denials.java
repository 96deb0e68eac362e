// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.access.Decision.Denied;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what known callers were denied: every time to the meters, and to the audit log ten times a minute an account,
 * so that nobody can fill it. A denial stands whether or not it could be told of.
 */
final class Denials {

    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
    private static final int AUDITED_A_MINUTE = 10;
    private static final long ACCOUNTS = 10_000;

    private final Trail trail;
    private final AuthMeters meters;
    private final Cache<String, AtomicInteger> audited;

    Denials(Trail trail, AuthMeters meters, Ticker ticker) {
        this.trail = trail;
        this.meters = meters;
        this.audited = Caffeine.newBuilder()
                .maximumSize(ACCOUNTS)
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** A resource was denied. */
    void of(Denied denied) {
        String reason = denied.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.denial(reason);
        if (!denied.account().isEmpty()) {
            audit(
                    denied.account(),
                    denial(denied.account(), denied.owner(), reason).with("permission", denied.permission()));
        }
    }

    /** A route was denied to this account. */
    void of(String account, Route route, AccessRule rule) {
        Access access = route.access();
        String reason = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.denial(reason);
        String wanted = access.permission().or(access::keyScope).orElse("");
        audit(
                account,
                denial(account, account, reason)
                        .with("permission", wanted)
                        .with("route", route.method() + " " + route.template()));
    }

    private static AuditEvent denial(String account, String owner, String reason) {
        return AuditEvent.denied("auth.access.denied", Actor.account(account), owner)
                .with("reason", reason);
    }

    private void audit(String account, AuditEvent event) {
        int before = audited.get(account, key -> new AtomicInteger()).getAndIncrement();
        if (before >= AUDITED_A_MINUTE) {
            meters.unauditedDenial();
            return;
        }
        try {
            trail.tell(event);
        } catch (RuntimeException e) {
            meters.unauditedDenial();
            LOG.warn("a denial was not audited: {}", e.toString());
        }
    }
}
