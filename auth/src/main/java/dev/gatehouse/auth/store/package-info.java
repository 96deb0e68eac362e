// SPDX-License-Identifier: Apache-2.0
/** Where everything of this gate is kept: one unit of work over memory, H2 or PostgreSQL. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.store;
