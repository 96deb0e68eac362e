// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.contract.faults.CallStore.Moment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done with a store is cut short at its calls: by a store that fails, or by the death of the process. */
interface Interruptions extends FaultRows {

    String OUTCOME = "older backups intact, nothing half, no alarm, done again it succeeds";

    @Test
    default void survivesAStoreThatFailsAtSomeCall() throws Exception {
        int cases = 0;
        for (Operation operation : Operation.values()) {
            cases += new Cutting(bench(), operation).some(Cutting::fails);
        }
        bench().count("store fails or is full at a call of each operation", cases, OUTCOME);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Operation.class)
    default void survivesAStoreThatFailsAtEveryCall(Operation operation) throws Exception {
        int cases = new Cutting(bench(), operation).every(Cutting::fails);
        bench().count("store fails or is full at every call: " + operation, cases, OUTCOME);
    }

    @Test
    default void survivesADeathAtSomeCall() throws Exception {
        FaultBench bench = bench();
        int cases = new Cutting(bench, Operation.BACKUP).last(Cutting::dies, Moment.WITHIN)
                + new Cutting(bench, Operation.RESTORE).last(Cutting::dies, Moment.READING)
                + new Cutting(bench, Operation.SWEEP).last(Cutting::dies, Moment.AFTER);
        bench.count("process killed at a call", cases, OUTCOME);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Operation.class)
    default void survivesADeathAtEveryCall(Operation operation) throws Exception {
        int cases = new Cutting(bench(), operation).everyDeath();
        bench().count("process killed at every call: " + operation, cases, OUTCOME);
    }
}
