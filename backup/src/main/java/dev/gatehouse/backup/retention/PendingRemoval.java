// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.time.Instant;

/**
 * A backup that was approved to go and is still there, to be had back.
 *
 * @param backup its ID
 * @param sequence its number, 0 when it was never finished
 * @param by who approved it, an actor's words
 * @param approvedAt when
 * @param notBefore it goes no earlier than this, and not before a newer backup was made
 * @param reason why it may go
 */
public record PendingRemoval(
        String backup, long sequence, String by, Instant approvedAt, Instant notBefore, String reason) {}
