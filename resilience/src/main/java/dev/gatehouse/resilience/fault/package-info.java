// SPDX-License-Identifier: Apache-2.0
/** Dependencies made to fail on purpose, for a bounded time, to prove that the application holds. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.fault;
