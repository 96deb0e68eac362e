// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

/**
 * What became of reading a stored object.
 *
 * @param <T> what it should be
 */
sealed interface Decoded<T> {

    /** It is one. */
    record Value<T>(T value) implements Decoded<T> {}

    /** It is none. */
    record Malformed<T>(String reason) implements Decoded<T> {}
}
