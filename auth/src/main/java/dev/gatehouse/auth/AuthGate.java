// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.Gate;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Routes;
import java.util.Optional;

/** Plugs {@link Auth} into the pipeline: who asks (IDENTITY), and whether the route's access rule holds (ACCOUNT). */
public final class AuthGate implements Gate {

    private final Auth auth;
    private final Routes routes;

    /** The gate of {@code auth}; the readiness report looks through {@code routes}. */
    public AuthGate(Auth auth, Routes routes) {
        this.auth = auth;
        this.routes = routes;
    }

    /** The live session that this request carries, empty when there is none. */
    public static Optional<Session> session(Exchange exchange) {
        return Unfinished.yet();
    }

    @Override
    public String name() {
        return "auth";
    }

    @Override
    public String toString() {
        return name() + auth.hashCode() + routes.hashCode();
    }
}
