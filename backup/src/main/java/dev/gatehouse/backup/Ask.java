// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.verify.VerifyLevel;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a run is asked to do.
 *
 * @param kind what
 * @param backup of which backup; empty for the newest, or all
 * @param level how deep a verification looks; empty for what is configured
 * @param wanted whether it still should, asked when its turn has come and the store was read
 * @param insists whether not to get its turn, because another process has it, is a failure
 */
record Ask(Kind kind, Optional<String> backup, Optional<VerifyLevel> level, BooleanSupplier wanted, boolean insists) {

    /** What somebody asked for. */
    static Ask of(Kind kind, Optional<String> backup) {
        return new Ask(kind, backup, Optional.empty(), () -> true, true);
    }

    /** A verification that somebody asked for. */
    static Ask verify(VerifyLevel level) {
        return new Ask(Kind.VERIFY, Optional.empty(), Optional.of(level), () -> true, true);
    }

    /** What is due, unless another process was faster. */
    static Ask due(Kind kind, BooleanSupplier stillDue) {
        return new Ask(kind, Optional.empty(), Optional.empty(), stillDue, false);
    }
}
