// SPDX-License-Identifier: Apache-2.0
/** What is written into a store, each object's name, sealing and form; for this artifact alone, whatever is public in it. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.format;
