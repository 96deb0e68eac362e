// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server of our own in a private folder, for this machine only. A shell holds it on a leash: it is ended when the shell's
 * input ends, which happens however this process ends. Nothing of it need last, so it never waits for a disk.
 */
final class OwnServer implements AutoCloseable {

    private static final String ADMIN = "gatehouse_admin";
    private static final Duration INITDB = Duration.ofMinutes(2);
    private static final long READY_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long END_SECONDS = 20;
    private static final String LEASH = "\"$@\" </dev/null & p=$!; cat >/dev/null; kill -QUIT $p; wait $p";
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("maintenance_work_mem", "128MB"),
            Map.entry("autovacuum", "off"),
            Map.entry("log_statement", "none"),
            Map.entry("log_min_error_statement", "panic"));

    private final Path log;
    private final Process leash;
    private final Login admin;

    private OwnServer(Path log, Process leash, Login admin) {
        this.log = log;
        this.leash = leash;
        this.admin = admin;
    }

    /** Starts it; {@code folder} is private and remains the caller's to remove, after closing this. */
    static OwnServer start(Programs programs, Path folder) throws IOException {
        Secret password = Passwords.next();
        Path data = folder.resolve("data");
        initialise(programs, folder, data, password);
        int port = freePort();
        Path log = folder.resolve("server.log");
        List<String> command = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
        command.addAll(asNobody(programs.program("postgres").toString(), "-D", data.toString(), "-p", "" + port));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Process leash = Environment.bare(command)
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
        Login admin = new Login("127.0.0.1", port, "postgres", ADMIN, password, Map.of("sslmode", "disable"));
        OwnServer server = new OwnServer(log, leash, admin);
        server.awaitReady();
        return server;
    }

    private static void initialise(Programs programs, Path folder, Path data, Secret password) throws IOException {
        Path file = Files.createFile(
                folder.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(file, password.reveal());
            Child.run(
                    Environment.bare(asNobody(
                            programs.program("initdb").toString(),
                            "--pgdata=" + data,
                            "--username=" + ADMIN,
                            "--pwfile=" + file,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync")),
                    INITDB,
                    line -> {},
                    // What it advises beside its success.
                    line -> !line.startsWith("initdb: error"));
        } finally {
            Files.delete(file);
        }
    }

    /** PostgreSQL refuses to be root; in a user namespace of its own it is nobody, with root's files. */
    private static List<String> asNobody(String... command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("unshare", "--user"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY_NANOS;
        while (true) {
            try {
                admin.connect().close();
                return;
            } catch (SQLException e) {
                if (!leash.isAlive() || System.nanoTime() > deadline || hasFailed()) {
                    close();
                    throw new IOException("backup.postgresql: the drill's server did not start: " + lastWords(), e);
                }
                pause();
            }
        }
    }

    /** The leash outlives a server that did not start. */
    private boolean hasFailed() {
        return leash.descendants()
                        .noneMatch(child -> child.info().command().orElse("").contains("postgres"))
                && lastWords().contains("FATAL");
    }

    private void pause() throws IOException {
        try {
            leash.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.postgresql: interrupted while the drill's server started");
        }
    }

    private String lastWords() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - 1_000)).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The superuser's login, to its maintenance database. */
    Login admin() {
        return admin;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            leash.getOutputStream().close();
            if (!leash.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                leash.descendants().forEach(ProcessHandle::destroyForcibly);
                leash.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
        } catch (IOException | InterruptedException e) {
            interrupted |= e instanceof InterruptedException;
            leash.descendants().forEach(ProcessHandle::destroyForcibly);
            leash.destroyForcibly();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
