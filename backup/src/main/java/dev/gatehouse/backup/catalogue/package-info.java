// SPDX-License-Identifier: Apache-2.0
/** What a store holds, read and judged as a whole; for this artifact alone, whatever is public in it. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.catalogue;
