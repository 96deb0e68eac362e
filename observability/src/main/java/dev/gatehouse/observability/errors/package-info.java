// SPDX-License-Identifier: Apache-2.0
/** Unhandled errors of requests, threads and browsers, captured, grouped and counted. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability.errors;
