// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The exceptions by which work says that its own timer, set from {@link Attempt#remaining()}, was first. */
final class Timeouts {

    private static final List<Class<? extends Exception>> KINDS =
            List.of(HttpTimeoutException.class, SocketTimeoutException.class, TimeoutException.class);

    private Timeouts() {}

    static boolean isOne(Exception thrown) {
        return KINDS.stream().anyMatch(kind -> kind.isInstance(thrown));
    }
}
