// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import java.time.Instant;
import java.util.Optional;

/**
 * Errors with one cause, by the look of them: the same types in the same places. Immutable.
 *
 * @param fingerprint 16 hex digits that stay the same across restarts and releases as long as the place does
 * @param source where it was captured
 * @param type the error's class, or what the browser called it
 * @param message the last one's message, masked and at most 300 characters long
 * @param place the innermost frame, empty when there is none
 * @param count how many were captured
 * @param firstSeen when the first was
 * @param lastSeen when the last was
 * @param lastRequestId the request of the last one, if any
 */
public record ErrorGroup(
        String fingerprint,
        ErrorSource source,
        String type,
        String message,
        String place,
        long count,
        Instant firstSeen,
        Instant lastSeen,
        Optional<String> lastRequestId) {}
