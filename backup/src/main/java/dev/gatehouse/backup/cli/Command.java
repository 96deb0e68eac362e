// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.BackupException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One thing the program does. */
interface Command {

    /** The options it knows, without their hyphens. */
    Set<String> options();

    /** Does it; gives the exit code. */
    int run(Session session) throws UsageException, NotSelected, BackupException, IOException;

    /**
     * What it works with.
     *
     * @param options what stands on the command line
     * @param environment the process's variables
     * @param prompt asks whoever sits there for a passphrase
     * @param out where results go
     * @param err where progress goes
     */
    record Session(
            Options options,
            Map<String, String> environment,
            Supplier<Optional<char[]>> prompt,
            PrintStream out,
            PrintStream err) {
        Access access() {
            return new Access(options, environment, prompt);
        }
    }
}
