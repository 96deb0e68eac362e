// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.factor.Factors;
import dev.gatehouse.auth.lockout.Devices;
import dev.gatehouse.auth.lockout.StuffingWatch;
import dev.gatehouse.auth.session.RefreshRules;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.session.Sessions;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.token.Tokens;
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
        SessionNews news) {}
