// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.http.Routes;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What the readiness report asks of this gate. What can be rehearsed is rehearsed on the real store, in a transaction
 * that is never kept.
 */
final class AuthReadiness {

    private final Auth auth;
    private final Routes routes;

    AuthReadiness(Auth auth, Routes routes) {
        this.auth = auth;
        this.routes = routes;
    }

    List<ReadinessCheck> checks() {
        Rehearsal rehearsal = new Rehearsal(auth.parts());
        RouteAudit audit = new RouteAudit(routes, auth.roles(), auth.parts().clock());
        DeviceRehearsal devices = new DeviceRehearsal(auth);
        FactorRehearsal factors = new FactorRehearsal(auth);
        return List.of(
                check("A1", "the tables are those of this release", this::schema),
                check(
                        "A1",
                        "passwords are hashed with Argon2id at the minimum of ASVS 5.0 or above, and hashed anew at"
                                + " sign-in when it rises (ASVS 11.4.2, appendix C)",
                        new HashProbe(auth.parts())::run),
                check("A2", "a reset tells nothing and works once (ASVS 6.4.1, 6.4.3)", new ResetRehearsal(auth)::run),
                check("A2", "a wrong password takes as long whoever's it is (ASVS 6.3.8)", new TimingProbe(auth)::run),
                check("A3", "sessions end when idle, old or signed out (ASVS 7.3, 7.4)", rehearsal::sessions),
                check("A4", "sessions are listed and ended by their owner (ASVS 7.4.3, 7.5.2)", devices::devices),
                check("A5", "refresh tokens rotate and reuse is noticed (ASVS 7.2.4, 10.4.5)", devices::refresh),
                check("A6", "sign-in attempts are bounded (ASVS 6.3.1)", rehearsal::attempts),
                check("A7", "routes of privileges need a second factor (ASVS 6.3.3)", audit::factors),
                check("A7", "privileges are inert without a second factor (ASVS 6.3.3)", factors::enforcement),
                check("A7", "every account with privileges has a second factor (ASVS 6.3.3)", factors::census),
                check("A8", "cookies carry the production flags (ASVS 3.3.1 to 3.3.4)", this::cookies),
                check("A9", "every route has an access rule (ASVS 8.2.1, 8.3.1)", audit::rules),
                check("A10", "the audit log keeps this gate's events (ASVS 16.3.1)", new AuditProbe(auth.parts())::run),
                check("A11", "the root secret was chosen at random (ASVS 11.5.1, 13.3.1)", this::secret));
    }

    private static ReadinessCheck check(String requirement, String name, Callable<Finding> probe) {
        return new ReadinessCheck(requirement, name, probe);
    }

    private Finding schema() {
        String needed = String.join(", ", AuthStore.SCHEMA.scripts());
        try {
            auth.parts().store().verifySchema();
            return Finding.verified(proof().of("scripts that ran", needed));
        } catch (SchemaException e) {
            return Finding.failed(String.valueOf(e.getMessage()), proof().of("scripts needed", needed));
        }
    }

    private Finding cookies() {
        Evidence[] evidence = CookieProbe.lines(auth.cookies()).stream()
                .map(line -> proof().of("Set-Cookie", line))
                .toArray(Evidence[]::new);
        return Proof.judged(
                CookieProbe.isHardened(auth.cookies())
                        ? ""
                        : "cookies travel over plain HTTP: insecureForLocalDevelopment is set",
                evidence);
    }

    private Finding secret() {
        return auth.parts().root().run(proof());
    }

    private Proof proof() {
        return new Proof(auth.parts().clock());
    }
}
