// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/** Builds an {@link Auth}; what is not set has a safe default. Not thread-safe. */
public final class AuthBuilder {

    AuthBuilder() {}

    /** Where everything is kept. Needed. */
    public AuthBuilder store(AuthStore value) {
        return this;
    }

    /** Takes the mails. Needed. */
    public AuthBuilder mailer(AuthMailer value) {
        return this;
    }

    /** The application's root secret, at least 32 bytes; keys of this gate are derived from it. Needed. */
    public AuthBuilder secret(Secret value) {
        return this;
    }

    /** The application's name, for generator apps and as a word that passwords must not consist of. Needed. */
    public AuthBuilder service(String value) {
        return this;
    }

    /** What each role grants; nothing by default. */
    public AuthBuilder roles(Roles value) {
        return this;
    }

    /** Where audit events go; nowhere by default. */
    public AuthBuilder audit(AuditSink value) {
        return this;
    }

    /** How long an unused session lives; 30 minutes by default. */
    public AuthBuilder sessionIdle(Duration value) {
        return this;
    }

    /** How long a session lives at most; 12 hours by default. */
    public AuthBuilder sessionAbsolute(Duration value) {
        return this;
    }

    /** The wall clock; the system's by default. */
    public AuthBuilder clock(InstantSource value) {
        return this;
    }

    /** Where meters are kept; nowhere by default. */
    public AuthBuilder meters(MeterRegistry value) {
        return this;
    }

    /** Builds it; every problem is reported at once. */
    public Auth build() {
        return Unfinished.yet();
    }
}
