// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import java.time.Instant;

/**
 * One line of the list of an account's sessions.
 *
 * @param id the session's public ID
 * @param current whether it is the one that asks
 * @param createdAt when it began
 * @param lastSeenAt when it was last used, to the minute
 * @param client the client in a few words
 */
public record SessionSummary(String id, boolean current, Instant createdAt, Instant lastSeenAt, String client) {}
