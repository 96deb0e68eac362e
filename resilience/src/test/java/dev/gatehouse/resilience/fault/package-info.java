// SPDX-License-Identifier: Apache-2.0
/** What the guards promise, and the failures they must survive. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.fault;
