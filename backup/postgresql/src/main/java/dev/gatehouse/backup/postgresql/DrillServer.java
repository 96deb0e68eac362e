// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** A PostgreSQL server on which a drill may restore. */
public sealed interface DrillServer permits ServerPrograms, ScratchServer {

    /**
     * Started for the drill by the server programs ({@code initdb}, {@code postgres}) in {@code folder}, on an address of this
     * machine only, with passwords of its own, and thrown away. It ends with this process, however that ends. Where this runs
     * as root, {@code unshare} is needed, for PostgreSQL refuses to be root.
     */
    static DrillServer binaries(Path folder) {
        return new ServerPrograms(Optional.of(folder));
    }

    /** As {@link #binaries}, by the server programs that are installed on this machine. */
    static DrillServer installed() {
        return new ServerPrograms(Optional.empty());
    }

    /**
     * A running server, of which {@code url} names any database. Each drill makes a database of its own there and drops it.
     * The role must not be a superuser and must be allowed to make databases. The source's own server is refused.
     */
    static DrillServer scratch(String url, String user, Secret password) {
        return new ScratchServer(Login.of(url, user, password));
    }
}
