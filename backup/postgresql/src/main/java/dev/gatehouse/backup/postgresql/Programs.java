// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The programs of PostgreSQL in one folder, and their version. {@code psql} is never among those that are run: it would
 * take a dump's plain SQL for commands of its own.
 */
record Programs(Path folder, Version version) {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    Path program(String name) {
        return folder.resolve(name);
    }

    /** In {@code configured} or, without it, wherever they are on this machine: the oldest that {@code least} allows. */
    static Programs atLeast(int least, Optional<Path> configured, String probe) throws IOException {
        List<Programs> found = found(configured, probe, least);
        return found.stream()
                .filter(programs -> programs.version.major() >= least)
                .min(Comparator.comparing(programs -> programs.version.major()))
                .orElseThrow(() -> new IOException("backup.postgresql: " + probe + " must be of version " + least
                        + " or newer, which is the server's, but " + told(found, configured)
                        + "; install postgresql-client-" + least + " or name its folder"));
    }

    /** As {@link #atLeast}, but of this very major version. */
    static Optional<Programs> of(int major, Optional<Path> configured, String probe) throws IOException {
        return found(configured, probe, major).stream()
                .filter(programs -> programs.version.major() == major)
                .findFirst();
    }

    private static String told(List<Programs> found, Optional<Path> configured) {
        String where = configured.map(folder -> " in " + folder).orElse(" on this machine");
        return found.isEmpty()
                ? "there is none" + where
                : "there is only "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(programs -> programs.version + " in " + programs.folder)
                                        .toList());
    }

    /** Up to the first of the major version {@code best}, for each of them must be run to be known. */
    private static List<Programs> found(Optional<Path> configured, String probe, int best) throws IOException {
        List<Programs> found = new ArrayList<>();
        for (Path folder : configured.isPresent() ? Set.of(configured.get()) : usual()) {
            Path program = folder.resolve(probe);
            if (Files.isExecutable(program)) {
                Version.told(Child.run(Environment.bare(program.toString(), "--version"), ANSWER))
                        .ifPresent(version -> found.add(new Programs(folder, version)));
            }
            if (found.stream().anyMatch(programs -> programs.version.major() == best)) {
                return found;
            }
        }
        return found;
    }

    /** Debian's own folders first: what it has in the path is a script that chooses among them. */
    private static Set<Path> usual() throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        if (Files.isDirectory(DEBIAN)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
                versions.forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }
}
