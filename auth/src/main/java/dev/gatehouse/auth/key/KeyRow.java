// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import dev.gatehouse.auth.token.TokenHash;

/**
 * An API key as it is kept. Immutable.
 *
 * @param hash the key's hash
 * @param key what its owner sees
 * @param factorUsed whether a second factor had been used in the session that made it, and is still there
 */
public record KeyRow(TokenHash hash, ApiKey key, boolean factorUsed) {}
