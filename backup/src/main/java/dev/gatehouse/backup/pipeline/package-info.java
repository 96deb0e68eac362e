// SPDX-License-Identifier: Apache-2.0
/** The way of the bytes from a source into a store and back, read through or restored; for this artifact alone. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.pipeline;
