// SPDX-License-Identifier: Apache-2.0
/** The four golden signals per route template, and one access log line a request. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability.signals;
