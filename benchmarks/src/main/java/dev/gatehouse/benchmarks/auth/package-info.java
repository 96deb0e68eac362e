// SPDX-License-Identifier: Apache-2.0
/** Passwords and sessions beside what Spring Security offers for them. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.auth;
