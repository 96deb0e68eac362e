// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** Refuses new requests while the instance is shutting down. */
final class DrainCheck implements Interceptor {

    private static final Verdict REFUSED = Verdict.answer(Problems.shuttingDown());

    private final InFlight inFlight;

    DrainCheck(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        return inFlight.closed() ? REFUSED : Verdict.proceed();
    }
}
