// SPDX-License-Identifier: Apache-2.0
/** One small safe JSON writer, and strict bounded reading on Jackson's streaming parser. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.json;
