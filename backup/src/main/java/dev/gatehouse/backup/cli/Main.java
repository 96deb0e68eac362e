// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import java.util.List;
import java.util.Optional;

/** {@code java -jar gatehouse-backup-VERSION-cli.jar COMMAND --option=value}: see {@code help}, and the guide. */
public final class Main {

    private Main() {}

    /** Does what the first argument says, and exits with an {@link ExitCode}. */
    public static void main(String[] args) {
        // No logging library comes along; what must be said is said here.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(new Cli(System.getenv(), Main::ask, System.out, System.err).run(List.of(args)));
    }

    private static Optional<char[]> ask() {
        return Optional.ofNullable(System.console()).map(console -> console.readPassword("passphrase: "));
    }
}
