// SPDX-License-Identifier: Apache-2.0
/** Accounts: their addresses, status and roles, and where they are kept. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.account;
