// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.time.Duration;

/**
 * Whom somebody wants to act as. Immutable; {@link Impersonation#begin} judges it.
 *
 * @param account the opaque ID of the account
 * @param reason why, for the audit log: 1 to 200 characters, such as a ticket's number
 * @param duration for how long, 1 minute to 1 hour
 */
public record ImpersonationRequest(String account, String reason, Duration duration) {}
