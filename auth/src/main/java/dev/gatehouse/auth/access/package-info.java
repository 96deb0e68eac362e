// SPDX-License-Identifier: Apache-2.0
/** Roles, permissions, and whether a session may use a route. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.access;
