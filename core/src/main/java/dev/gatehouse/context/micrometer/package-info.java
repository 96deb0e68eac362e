// SPDX-License-Identifier: Apache-2.0
/** Carries the request context through whatever speaks Micrometer's context propagation, Reactor for one. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.context.micrometer;
