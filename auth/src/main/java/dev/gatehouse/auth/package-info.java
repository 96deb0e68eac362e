// SPDX-License-Identifier: Apache-2.0
/** Accounts, passwords, sessions and factors. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth;
