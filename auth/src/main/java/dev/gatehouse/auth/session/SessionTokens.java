// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import dev.gatehouse.config.Secret;

/**
 * What a client holds of a session. Neither is kept anywhere but there.
 *
 * @param session goes with every request
 * @param refresh gets the next pair, once
 */
public record SessionTokens(Secret session, Secret refresh) {}
