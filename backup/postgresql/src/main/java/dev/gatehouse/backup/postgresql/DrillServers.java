// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.RestoredDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers that drills may use, in order, and the client programs for them.
 *
 * @param servers those named; none means those installed
 * @param clients the folder of the client programs, if one was named
 */
record DrillServers(List<DrillServer> servers, Optional<Path> clients) {

    private static final long SERVER_BYTES = 256L << 20;

    DrillServers {
        servers = servers.isEmpty() ? List.of(DrillServer.installed()) : List.copyOf(servers);
    }

    /** What keeps a backup from being drilled here, as far as it can be known without starting a server. */
    List<String> obstacles(Facts recorded) throws IOException, SQLException {
        List<String> obstacles = new ArrayList<>();
        try {
            restorer(recorded);
            if (choice(recorded) instanceof ScratchServer scratch) {
                obstacles.addAll(ScratchDatabase.obstacles(scratch.login(), recorded));
            }
        } catch (IOException e) {
            obstacles.add(String.valueOf(e.getMessage()));
        }
        return obstacles;
    }

    RestoredDatabase open(Path folder, Facts recorded) throws IOException, SQLException {
        Programs restorer = restorer(recorded);
        OwnedDatabase database = create(folder.resolveSibling(folder.getFileName() + ".server"), recorded);
        try {
            new Restoration(restorer, database.login()).run(folder.resolve(PostgresqlSnapshot.DUMP), (done, of) -> {});
            return database;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    RestoredDatabase openEmpty(Path folder, Facts recorded) throws IOException, SQLException {
        return create(folder, recorded);
    }

    private OwnedDatabase create(Path folder, Facts recorded) throws IOException, SQLException {
        DrillServer chosen = choice(recorded);
        if (chosen instanceof ScratchServer scratch) {
            return ScratchDatabase.create(scratch.login(), recorded);
        }
        Programs programs = ((ServerPrograms) chosen)
                .of(needed(recorded).major())
                .orElseThrow(() -> new IOException("backup.postgresql: the drill's server programs are gone"));
        requireRoom(Files.createDirectories(folder), recorded);
        return OwnDatabase.create(OwnServer.start(programs, folder), recorded);
    }

    /** A copy takes no more than its source, which had its dead rows too, but for what the server itself needs. */
    private static void requireRoom(Path folder, Facts recorded) throws IOException {
        long needed = SERVER_BYTES + Long.parseLong(recorded.values().getOrDefault(Needs.BYTES, "0"));
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < needed) {
            throw new IOException("backup.postgresql: the drill's server needs " + needed + " bytes and " + folder
                    + " has room for " + room);
        }
    }

    /** The first that is of the version that the backup is of. */
    private DrillServer choice(Facts recorded) throws IOException, SQLException {
        Version needed = needed(recorded);
        for (DrillServer server : servers) {
            boolean programs = server instanceof ServerPrograms here
                    && here.of(needed.major()).isPresent();
            boolean running = server instanceof ScratchServer scratch && runs(scratch, needed);
            if (programs || running) {
                return server;
            }
        }
        throw new IOException("backup.postgresql: the backup is of PostgreSQL " + needed
                + ", and none of the drill's servers is: install postgresql-" + needed.major()
                + " or name a server of that version");
    }

    private static boolean runs(ScratchServer server, Version needed) throws SQLException {
        try (Connection connection = server.login().connect()) {
            return new Queries(connection).version().major() >= needed.major();
        }
    }

    /** pg_restore must know what pg_dump wrote. */
    Programs restorer(Facts recorded) throws IOException {
        String client =
                recorded.values().getOrDefault(Needs.CLIENT, recorded.values().getOrDefault(Needs.SERVER, ""));
        int least = Version.told("PostgreSQL " + client).map(Version::major).orElse(0);
        return Programs.atLeast(least, clients, "pg_restore");
    }

    private static Version needed(Facts recorded) throws IOException {
        return Version.told("PostgreSQL " + recorded.values().getOrDefault(Needs.SERVER, ""))
                .orElseThrow(
                        () -> new IOException("backup.postgresql: the backup does not say of which version it is"));
    }
}
