// SPDX-License-Identifier: Apache-2.0
/** Guards around every outbound call. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience;
