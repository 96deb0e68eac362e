// SPDX-License-Identifier: Apache-2.0
/** What the application offers its users, how each of it stands, and what they are told. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.feature;
