// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import java.time.Instant;

/**
 * That a session is over. Immutable.
 *
 * @param at since when
 * @param reason why
 */
public record End(Instant at, EndReason reason) {}
