// SPDX-License-Identifier: Apache-2.0
/** Configuration as validated immutable records, every problem reported at once. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.config;
