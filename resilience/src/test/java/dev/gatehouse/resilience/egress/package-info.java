// SPDX-License-Identifier: Apache-2.0
/** Tests of which hosts may be called. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.egress;
