// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the readiness report asks of this gate. What can be rehearsed is rehearsed on the real store, in a transaction
 * that is never kept.
 */
final class AuthReadiness {

    static final String SOURCE = "gatehouse-auth";

    private final Auth auth;
    private final Routes routes;

    AuthReadiness(Auth auth, Routes routes) {
        this.auth = auth;
        this.routes = routes;
    }

    List<ReadinessCheck> checks() {
        Rehearsal rehearsal = new Rehearsal(auth.parts());
        RouteAudit audit = new RouteAudit(routes, auth.roles(), auth.parts().clock());
        return List.of(
                new ReadinessCheck(
                        "A1",
                        "passwords are hashed with Argon2id at the minimum of ASVS 5.0 or above, and hashed anew at"
                                + " sign-in when it rises (ASVS 11.4.2, appendix C)",
                        this::passwords),
                new ReadinessCheck(
                        "A3", "sessions end when idle, old or signed out (ASVS 7.3, 7.4)", rehearsal::sessions),
                new ReadinessCheck("A6", "sign-in attempts are bounded (ASVS 6.3.1)", rehearsal::attempts),
                new ReadinessCheck("A7", "privileges need a second factor (ASVS 6.3.3)", audit::factors),
                new ReadinessCheck("A8", "cookies carry the production flags (ASVS 3.3)", this::cookies),
                new ReadinessCheck("A9", "every route has an access rule (ASVS 8.2.1, 8.3.1)", audit::rules));
    }

    private Finding passwords() {
        return new HashProbe(auth.parts()).run();
    }

    private Finding cookies() {
        Instant now = auth.parts().clock().instant();
        List<Evidence> evidence = new ArrayList<>();
        for (String line : CookieProbe.lines(auth.cookies())) {
            evidence.add(new Evidence("Set-Cookie", line, SOURCE, now));
        }
        return CookieProbe.isHardened(auth.cookies())
                ? Finding.verified(evidence.toArray(Evidence[]::new))
                : Finding.failed(
                        "cookies travel over plain HTTP: insecureForLocalDevelopment is set",
                        evidence.toArray(Evidence[]::new));
    }
}
