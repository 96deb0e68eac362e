// SPDX-License-Identifier: Apache-2.0
/** The optional leaf that runs every module's scripts with Flyway. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.jdbc.flyway;
