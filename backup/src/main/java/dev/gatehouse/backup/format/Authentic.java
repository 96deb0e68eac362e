// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.crypto.DataKey;

/**
 * A manifest that was authenticated.
 *
 * @param manifest the manifest
 * @param sha256 the SHA-256 of its stored bytes
 * @param key the key of its backup
 */
public record Authentic(Manifest manifest, String sha256, DataKey key) {}
