// SPDX-License-Identifier: Apache-2.0
/** Passwords: which are accepted, how they are hashed, and how many at a time. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.password;
