// SPDX-License-Identifier: Apache-2.0
/** What a gate shows to consoles: panels of typed facts, and a sink for changes. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.insight;
