// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that say that they are of version 14, and do nothing else. */
final class Programs14 {

    private Programs14() {}

    static void write(Path folder, String... names) throws IOException {
        for (String name : names) {
            Path program = folder.resolve(name);
            Files.writeString(program, "#!/bin/sh\necho '" + name + " (PostgreSQL) 14.9 (Debian 14.9-0)'\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
