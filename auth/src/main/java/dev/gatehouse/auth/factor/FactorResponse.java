// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;

/**
 * What a person, or their device, answered when asked for a second factor. Immutable; printing it shows no code.
 *
 * @param account whose factor it should be
 * @param occasion the hash of the pending or session token for which it is given. It is random, good once and known to
 *     both sides: a kind whose device signs a challenge takes it for that challenge, and nothing more need be kept
 * @param text the code as typed, or the signed answer
 */
public record FactorResponse(String account, TokenHash occasion, Secret text) {}
