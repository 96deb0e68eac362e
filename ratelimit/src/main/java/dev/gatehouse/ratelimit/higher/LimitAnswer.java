// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.time.Instant;
import java.util.Optional;

/**
 * What an operator said to a request. Immutable.
 *
 * @param grant what was granted; empty when it was refused
 * @param by who said it, as {@link dev.gatehouse.audit.Actor#toString()} writes it
 * @param remark why, in the operator's words; may be empty
 * @param at when
 */
public record LimitAnswer(Optional<LimitGrant> grant, String by, String remark, Instant at) {}
