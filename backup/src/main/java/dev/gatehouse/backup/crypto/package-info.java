// SPDX-License-Identifier: Apache-2.0
/** Keys: one data key a backup, wrapped by a key provider, and the streams that it seals. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.crypto;
