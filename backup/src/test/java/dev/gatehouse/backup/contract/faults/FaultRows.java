// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

/** A group of rows of the list: tests that every store runs. */
interface FaultRows {

    /** The store under test, fresh for each test. */
    FaultBench bench();
}
