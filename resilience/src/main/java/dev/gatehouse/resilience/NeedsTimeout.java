// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/** A guard that has a name and cannot be built before it has a timeout. */
@FunctionalInterface
public interface NeedsTimeout {

    /** How long one try may take: 1 millisecond to 10 minutes. Keep it below the deadlines of the routes that call. */
    GuardBuilder timeout(Duration timeout);
}
