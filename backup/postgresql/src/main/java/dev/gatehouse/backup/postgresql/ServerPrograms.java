// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The server programs of a folder, or those installed here. */
record ServerPrograms(Optional<Path> folder) implements DrillServer {

    /** Those of this major version, if there are any. */
    Optional<Programs> of(int major) throws IOException {
        return Programs.of(major, folder, "postgres");
    }
}
