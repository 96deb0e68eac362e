// SPDX-License-Identifier: Apache-2.0
/** Logs, metrics, health and the audit log. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability;
