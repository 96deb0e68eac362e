// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that restore to a second server, which each of them finds empty. */
abstract class OnOtherServer {

    @TempDir
    static Path serverFolder;

    static OtherServer other;

    @BeforeAll
    static void startServer() throws Exception {
        other = new OtherServer(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        other.close();
    }

    @AfterEach
    final void dropItsDatabases() throws Exception {
        other.clear();
    }
}
