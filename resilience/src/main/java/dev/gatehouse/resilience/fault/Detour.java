// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.net.URI;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way to a dependency: straight, and through a {@link FaultProxy} only while a fault on the wire is in force, so that a
 * healthy call pays nothing. Ask for each call. Thread-safe.
 */
public final class Detour {

    private final URI straight;
    private final URI around;
    private final BooleanSupplier taken;

    Detour(URI straight, URI around, BooleanSupplier taken) {
        this.straight = straight;
        this.around = around;
        this.taken = taken;
    }

    /** Where to call now. */
    public URI now() {
        return taken.getAsBoolean() ? around : straight;
    }

    /** Where calls may go, as {@code host:port}: for a guard that lets nothing else pass. */
    public Set<String> authorities() {
        return Stream.of(straight, around).map(URI::getAuthority).collect(Collectors.toUnmodifiableSet());
    }
}
