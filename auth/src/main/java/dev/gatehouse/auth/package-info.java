// SPDX-License-Identifier: Apache-2.0
/** Accounts, passwords, sessions and factors: the facade, its outcomes, and the gate that plugs it into the pipeline. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth;
