// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A database and what belongs to it. */
record SourceSet(BackupSource database, List<BackupSource> beside) implements BackupSource {

    SourceSet {
        beside = List.copyOf(beside);
        Set<String> names = new HashSet<>(Set.of(database.name()));
        for (BackupSource other : beside) {
            if (!names.add(Names.require(other.name()))) {
                throw new IllegalArgumentException("backup.source: two sources are called " + other.name());
            }
        }
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException, SQLException {
        List<Snapshot> opened = new ArrayList<>();
        boolean whole = false;
        try {
            opened.add(database.snapshot(Files.createDirectory(work.resolve("set-" + database.name()))));
            for (BackupSource other : beside) {
                opened.add(other.snapshot(Files.createDirectory(work.resolve("set-" + other.name()))));
            }
            whole = true;
            return new SetSnapshot(this, opened);
        } finally {
            if (!whole) {
                new SetSnapshot(this, opened).close();
            }
        }
    }

    @Override
    public List<String> obstacles(String engine, Facts facts) throws IOException, SQLException {
        List<String> obstacles = new ArrayList<>(database.obstacles(engine, of(database, facts)));
        for (BackupSource other : beside) {
            obstacles.addAll(other.obstacles(engine, of(other, facts)));
        }
        return obstacles;
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) throws IOException, SQLException {
        return opened((source, place) -> source.open(place, of(source, recorded)), folder);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) throws IOException, SQLException {
        for (BackupSource other : beside) {
            Files.createDirectory(folder.resolve(other.name()));
        }
        return opened((source, place) -> source.openEmpty(place, of(source, recorded)), folder);
    }

    private RestoredDatabase opened(Opening opening, Path folder) throws IOException, SQLException {
        List<RestoredDatabase> opened = new ArrayList<>();
        boolean whole = false;
        try {
            opened.add(opening.open(database, folder));
            for (BackupSource other : beside) {
                opened.add(opening.open(other, folder.resolve(other.name())));
            }
            whole = true;
            return new RestoredSet(this, opened);
        } finally {
            if (!whole) {
                new RestoredSet(this, opened).close();
            }
        }
    }

    /** The name that a part, a fact or a folder of {@code source} has in the set. */
    String prefix(BackupSource source) {
        return source.equals(database) ? "" : source.name() + "/";
    }

    /** The sources in order: the database first. */
    List<BackupSource> all() {
        List<BackupSource> all = new ArrayList<>(List.of(database));
        all.addAll(beside);
        return all;
    }

    /** The facts of one of them, under the names that it gave them. */
    private Facts of(BackupSource source, Facts facts) {
        Map<String, String> values = new TreeMap<>();
        facts.values().forEach((name, value) -> {
            if (owner(name).equals(source)) {
                values.put(name.substring(prefix(source).length()), value);
            }
        });
        return Facts.of(values);
    }

    private BackupSource owner(String fact) {
        return beside.stream()
                .filter(other -> fact.startsWith(prefix(other)))
                .findFirst()
                .orElse(database);
    }

    private interface Opening {
        RestoredDatabase open(BackupSource source, Path folder) throws IOException, SQLException;
    }
}
