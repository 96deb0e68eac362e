// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.lockout.Stuffing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what happens. Every label is one of a few words. */
final class AuthMeters {

    /** What became of a sign-in's first step, a second step, or a registration. */
    enum Outcome {
        ACCEPTED,
        FACTOR_REQUIRED,
        DENIED,
        THROTTLED,
        BUSY,
        REJECTED
    }

    /** Where a session was found. */
    enum Source {
        CACHE,
        STORE,
        NOWHERE
    }

    /** What happened to an API key. */
    enum KeyEvent {
        CREATED,
        REJECTED,
        REVOKED
    }

    /** What became of a refresh. */
    enum Refreshing {
        ROTATED,
        REPEATED,
        REUSED,
        ENDED,
        UNKNOWN
    }

    /** What happened to the news from other instances. */
    enum News {
        HEARD,
        CONNECTED,
        LOST
    }

    private final MeterRegistry registry;
    private final Map<Source, Counter> lookups = new EnumMap<>(Source.class);

    AuthMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Source source : Source.values()) {
            lookups.put(source, counter("gatehouse.auth.session.lookups", "Sessions looked up", "sessions", source));
        }
    }

    void login(Outcome outcome) {
        count("gatehouse.auth.logins", "Passwords given", "logins", outcome);
    }

    void factor(Outcome outcome) {
        count("gatehouse.auth.factors", "Second factors given", "factors", outcome);
    }

    void registration(Outcome outcome) {
        count("gatehouse.auth.registrations", "Accounts asked for", "registrations", outcome);
    }

    void resetRequest(Outcome outcome) {
        count("gatehouse.auth.reset.requests", "Password resets asked for", "requests", outcome);
    }

    void reset(Outcome outcome) {
        count("gatehouse.auth.resets", "Mailed tokens given for a new password", "resets", outcome);
    }

    void reauthentication(Outcome outcome) {
        count("gatehouse.auth.reauthentications", "Passwords given again within a session", "passwords", outcome);
    }

    void stuffing(Stuffing.Pattern pattern) {
        Counter.builder("gatehouse.auth.stuffing")
                .description("Patterns of stuffing seen in failed sign-ins")
                .baseUnit("patterns")
                .tag("pattern", pattern.label())
                .register(registry)
                .increment();
    }

    void refresh(Refreshing outcome) {
        count("gatehouse.auth.session.refreshes", "Refresh tokens given", "tokens", outcome);
    }

    void news(News event) {
        count("gatehouse.auth.session.news", "News of sessions from other instances", "events", event);
    }

    /** Every request counts here: no look-up of the counter. */
    void lookup(Source source) {
        Objects.requireNonNull(lookups.get(source)).increment();
    }

    void keyLookup(Source source) {
        count("gatehouse.auth.key.lookups", "API keys looked up", "keys", source);
    }

    /** The reason is one of the few names of an enum's constants. */
    void denial(String reason) {
        Counter.builder("gatehouse.auth.denials")
                .description("Requests and actions denied for want of a permission")
                .baseUnit("denials")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    void unauditedDenial() {
        Counter.builder("gatehouse.auth.denials.unaudited")
                .description("Denials that are not in the audit log: beyond ten a minute an account, or it was down")
                .baseUnit("denials")
                .register(registry)
                .increment();
    }

    void key(KeyEvent event) {
        count("gatehouse.auth.keys", "API keys asked for and revoked", "keys", event);
    }

    private void count(String name, String description, String unit, Enum<?> word) {
        counter(name, description, unit, word).increment();
    }

    private Counter counter(String name, String description, String unit, Enum<?> word) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("outcome", word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry);
    }
}
