// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.ReadableBackup;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a database of the files of a restored backup. It becomes a new one, or fills an existing one that is empty; never the
 * source itself, and never as a superuser, for a dump holds code. What the server lacks is found before anything is restored.
 * All becomes the property of the role that restores. A restore that fails leaves no new database behind.
 */
public final class PostgresqlRestore {

    static final String MAINTENANCE = "postgres";

    private final Login target;
    private final Optional<Path> programs;

    private PostgresqlRestore(Login target, Optional<Path> programs) {
        this.target = target;
        this.programs = programs;
    }

    /**
     * Into the database of this JDBC URL, as this role, which must be allowed to make databases if that one is not there
     * yet. The server's database {@code postgres} must be there.
     */
    public static PostgresqlRestore into(String url, String user, Secret password) {
        return new PostgresqlRestore(Login.of(url, user, password), Optional.empty());
    }

    /** With the client programs in this folder; by default they are looked for where systems put them. */
    public PostgresqlRestore programs(Path folder) {
        return new PostgresqlRestore(target, Optional.of(folder));
    }

    /**
     * What keeps a backup that says {@code recorded} from being restored there, a line each; empty when nothing does. Changes
     * nothing: a dry run.
     */
    public List<String> obstacles(Facts recorded) throws SQLException {
        List<String> obstacles = new ArrayList<>();
        try {
            new DrillServers(List.of(), programs).restorer(recorded);
        } catch (IOException e) {
            obstacles.add(String.valueOf(e.getMessage()));
        }
        try (Connection connection = target.to(MAINTENANCE).connect()) {
            Queries server = new Queries(connection);
            role(server, obstacles);
            Preflight preflight = Preflight.of(recorded, server);
            obstacles.addAll(preflight.obstacles(false));
            obstacles.addAll(preflight.missingRoles());
            if (exists(server)) {
                existing(recorded, obstacles);
            } else if (server.value("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
                    .equals("f")) {
                obstacles.add("role: " + target.user() + " may not make the database " + target.database());
            }
        }
        return obstacles;
    }

    private void role(Queries server, List<String> obstacles) throws SQLException {
        if (server.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                .equals("t")) {
            obstacles.add("role: " + target.user() + " is a superuser, as which nothing is restored");
        }
    }

    private boolean exists(Queries server) throws SQLException {
        return !server.column("SELECT 1 FROM pg_database WHERE datname = " + Queries.literal(target.database()))
                .isEmpty();
    }

    private void existing(Facts recorded, List<String> obstacles) throws SQLException {
        try (Connection connection = target.connect()) {
            Queries database = new Queries(connection);
            if (database.identity().toString().equals(recorded.values().get(Needs.IDENTITY))) {
                obstacles.add("target: " + target.database() + " is the source of the backup itself");
            }
            String objects = database.value("SELECT count(*) FROM pg_class c JOIN pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE " + Queries.OURS + " AND "
                    + Queries.ownedByNoExtension("pg_class", "c.oid"));
            if (!objects.equals("0")) {
                obstacles.add("target: " + target.database() + " is not empty, it has " + objects
                        + " tables, indexes and the like; choose a new one");
            }
            String encoding = database.value("SHOW server_encoding");
            if (!encoding.equals(recorded.values().getOrDefault(Needs.ENCODING, encoding))) {
                obstacles.add("encoding: the backup is of " + recorded.values().get(Needs.ENCODING) + ", "
                        + target.database() + " is " + encoding);
            }
        }
    }

    /**
     * Restores the dump in {@code folder}, whose files were authenticated, and says in what the database differs from what
     * {@code recorded} says of its source: a line each, empty when it is the same. Throws when there are obstacles, before
     * anything is done, and when pg_restore fails.
     */
    public List<String> run(Path folder, Facts recorded, List<Invariant> invariants, Progress progress)
            throws IOException, SQLException {
        OwnDatabase.requireNone(obstacles(recorded));
        Programs restorer = new DrillServers(List.of(), programs).restorer(recorded);
        boolean made = make(recorded);
        boolean done = false;
        try {
            new Restoration(restorer, target).run(folder.resolve(PostgresqlSnapshot.DUMP), progress);
            done = true;
        } finally {
            if (made && !done) {
                execute("DROP DATABASE " + Queries.quote(target.database()));
            }
        }
        return new OwnedDatabase(target, target, () -> {}).differences(recorded, invariants);
    }

    /**
     * Restores a backup as it is read, without its dump ever being on the disk, and says in what the database differs from its
     * source, as {@link #run(Path, Facts, List, Progress)} does. The database must not be there yet: it is made under
     * another name, {@code gatehouse_restore_} and some letters, and gets its own when every byte of the backup was read and
     * authenticated and everything is restored. Until then, and when this throws, there is no database of that name; what
     * a killed process leaves has the other one. {@code work} is a folder for the dump's definitions and large objects.
     */
    public List<String> run(ReadableBackup backup, Path work, Progress progress) throws IOException, SQLException {
        restore(backup, work, progress);
        return new OwnedDatabase(target, target, () -> {}).differences(backup.facts(), backup.invariants());
    }

    private void restore(ReadableBackup backup, Path work, Progress progress) throws IOException, SQLException {
        OwnDatabase.requireNone(obstacles(backup.facts()));
        try (StagedDatabase staged = StagedDatabase.make(target, backup.facts())) {
            Path rest = Files.createTempFile(work, "gatehouse-restore", ".dump");
            try (InputStream dump = backup.read(PostgresqlSnapshot.DUMP)) {
                Programs restorer = new DrillServers(List.of(), programs).restorer(backup.facts());
                Restoration pgRestore = new Restoration(restorer, staged.login());
                new StreamedRestoration(pgRestore, staged.login(), rest).run(dump, progress);
            } finally {
                Files.delete(rest);
            }
            backup.readThrough(backup.files().stream()
                    .filter(file -> !file.equals(PostgresqlSnapshot.DUMP))
                    .toList());
            staged.release();
        }
    }

    private boolean make(Facts recorded) throws SQLException {
        try (Connection connection = target.to(MAINTENANCE).connect()) {
            Queries server = new Queries(connection);
            if (exists(server)) {
                return false;
            }
            server.execute("CREATE DATABASE " + Queries.quote(target.database())
                    + Preflight.of(recorded, server).newDatabase());
            return true;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = target.to(MAINTENANCE).connect()) {
            new Queries(connection).execute(sql);
        }
    }

    /** Hears how far a restore is; on a thread of its own. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all items, tables' rows and indexes among them, are restored. */
        void restored(int items, int of);
    }
}
