// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.source.RestoredDatabase;

/**
 * The application's own question to a restored database: does it start on this, does a customer's journey work? It may
 * write, for the database is thrown away. It is asked twice a drill: the restored database must pass, and an empty
 * database must fail, for a probe that cannot fail proves nothing. Mail, payments and every other effect on the outside
 * must be switched off by whoever writes the probe.
 */
@FunctionalInterface
public interface DrillProbe {

    /** Examines the database; what it throws, and no answer within the drill's time limit, counts as failed. */
    Result examine(RestoredDatabase database) throws Exception;

    /** What a probe found. */
    sealed interface Result {

        /**
         * The application works on it.
         *
         * @param detail what was done, for the proof
         */
        record Passed(String detail) implements Result {}

        /**
         * It does not.
         *
         * @param reason why
         */
        record Failed(String reason) implements Result {}
    }
}
