// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.lockout.Stuffing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

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

    private final MeterRegistry registry;

    AuthMeters(MeterRegistry registry) {
        this.registry = registry;
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

    void stuffing(Stuffing.Pattern pattern) {
        Counter.builder("gatehouse.auth.stuffing")
                .description("Patterns of stuffing seen in failed sign-ins")
                .baseUnit("patterns")
                .tag("pattern", pattern.label())
                .register(registry)
                .increment();
    }

    void lookup(Source source) {
        count("gatehouse.auth.session.lookups", "Sessions looked up", "sessions", source);
    }

    void keyLookup(Source source) {
        count("gatehouse.auth.key.lookups", "API keys looked up", "keys", source);
    }

    void key(KeyEvent event) {
        count("gatehouse.auth.keys", "API keys asked for and revoked", "keys", event);
    }

    private void count(String name, String description, String unit, Enum<?> word) {
        Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("outcome", word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry)
                .increment();
    }
}
