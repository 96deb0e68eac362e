// SPDX-License-Identifier: Apache-2.0
/** Roles, permissions, and whether an account may do something to a resource. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.access;
