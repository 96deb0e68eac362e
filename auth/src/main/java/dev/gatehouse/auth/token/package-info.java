// SPDX-License-Identifier: Apache-2.0
/** Random tokens, hashed at rest, and the single-use tickets they stand for. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.token;
