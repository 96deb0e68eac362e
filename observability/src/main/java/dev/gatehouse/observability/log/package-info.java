// SPDX-License-Identifier: Apache-2.0
/** Structured logs through Logback: one JSON object a line, secrets masked, a bounded queue to the outside. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability.log;
