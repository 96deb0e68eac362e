// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/** A kind of job that is done here, by whom and how. */
record Handled(String kind, JobHandler handler, JobPolicy policy) {}
