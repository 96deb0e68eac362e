// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Finds the key that a request counts for. */
interface KeySource {

    /** Whether it is known before anybody looks who asks. */
    boolean isAtEdge();

    /** The key, null when the request has none of this kind. */
    @Nullable LimitKey of(Exchange exchange);

    /** What it is, for people. */
    String what();
}
