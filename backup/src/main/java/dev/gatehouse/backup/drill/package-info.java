// SPDX-License-Identifier: Apache-2.0
/** Drills: a backup is restored into a fresh place, examined there, and the examination is proved able to fail. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.drill;
