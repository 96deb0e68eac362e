// SPDX-License-Identifier: Apache-2.0
/** Fakes, real databases and assertions for tests of applications that use Gatehouse. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.testing;
