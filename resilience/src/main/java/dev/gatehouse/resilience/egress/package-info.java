// SPDX-License-Identifier: Apache-2.0
/** Which hosts may be called, and at which addresses: no caller can be talked into calling another. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.egress;
