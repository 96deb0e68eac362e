// SPDX-License-Identifier: Apache-2.0
/** What is backed up: the port of a source, and H2 as one. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.source;
