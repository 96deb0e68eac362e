// SPDX-License-Identifier: Apache-2.0
/** What every store and every keeper of marks must hold, whatever it stands on; published as this module's test-jar. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.contract;
