// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of the shop's data, which nobody else may read. */
final class PrivateFolder {

    private PrivateFolder() {}

    /** Makes it if it is missing; one that is there already keeps its permissions. */
    static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
