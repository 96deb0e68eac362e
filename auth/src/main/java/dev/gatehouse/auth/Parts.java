// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.auth.factor.Factors;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.lockout.Devices;
import dev.gatehouse.auth.lockout.StuffingWatch;
import dev.gatehouse.auth.session.RefreshRules;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.session.Sessions;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What the flows share, wired once by the builder. */
record Parts(
        String service,
        AuthStore store,
        AuthMailer mailer,
        Trail trail,
        Denials denials,
        AuthMeters meters,
        InstantSource clock,
        Tokens tokens,
        Passwords passwords,
        Budgets budgets,
        Devices devices,
        StuffingWatch stuffing,
        Factors factors,
        Sessions sessions,
        RefreshRules refreshing,
        Acting acting,
        LiveSessions live,
        LiveKeys keys,
        SessionNews news,
        RootSecret root) {

    /** The same on another store and with another mailer, telling nobody anything and counting nothing. */
    Parts staged(AuthStore other, AuthMailer mails) {
        MeterRegistry nowhere = new CompositeMeterRegistry();
        AuthMeters quiet = new AuthMeters(nowhere);
        Trail none = new Trail(AuditSink.none());
        Ticker ticker = Ticker.system();
        return new Parts(
                service,
                other,
                mails,
                none,
                new Denials(none, quiet, ticker),
                quiet,
                clock,
                tokens,
                passwords,
                budgets.on(other),
                devices,
                new StuffingWatch(new SecureRandom(), ticker, nowhere),
                factors,
                sessions,
                refreshing,
                acting,
                live.staged(other, ticker, quiet),
                keys.staged(other, new TokenCache<>(1, ticker, LiveKey::account), quiet),
                SessionNews.none(),
                root);
    }
}
