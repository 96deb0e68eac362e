// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

/** A running server that others may use too. */
record ScratchServer(Login login) implements DrillServer {}
