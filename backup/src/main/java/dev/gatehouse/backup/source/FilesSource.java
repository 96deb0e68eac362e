// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * A tree of files and folders with their permissions and times. It is read file by file and is no snapshot: a file that
 * changes while it is read is told as a warning and marked. Links are told and not followed; sockets, pipes and devices
 * are refused. Owners are not recorded. It needs a file system with POSIX permissions.
 */
final class FilesSource implements BackupSource {

    private static final String FOLDER = "files";
    private static final int MOST_WARNINGS = 100;

    private final String name;
    private final Path root;

    FilesSource(String name, Path root) {
        this.name = Names.require(name);
        this.root = root;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("backup.files: " + root + " is not a folder");
        }
        return new Reading(root, new TreeFacts(), Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) {
        return new RestoredTree(folder.resolve(FOLDER));
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) throws IOException {
        return new RestoredTree(Files.createDirectory(folder.resolve(FOLDER)));
    }

    /** A tree that is being read. */
    private record Reading(Path root, TreeFacts tree, List<String> told) implements Snapshot {

        @Override
        public String engine() {
            return "files 1";
        }

        @Override
        public List<Part> parts() {
            return List.of(Part.stream(
                    FOLDER + FileTree.SUFFIX, OptionalLong.empty(), () -> TreeStream.open(root, tree, this::tell)));
        }

        private void tell(String warning) {
            if (told.size() < MOST_WARNINGS) {
                told.add(warning);
            }
        }

        @Override
        public Facts facts() {
            return tree.facts();
        }

        @Override
        public List<Invariant> invariants() {
            return List.of();
        }

        @Override
        public List<String> warnings() {
            return List.copyOf(told);
        }

        @Override
        public void close() {
            // The stream is closed by whoever reads it.
        }
    }

    /** A tree that was restored. */
    private record RestoredTree(Path root) implements RestoredDatabase {

        @Override
        public String url() {
            return root.toUri().toString();
        }

        @Override
        public Connection connect() throws SQLException {
            throw new SQLFeatureNotSupportedException("backup.files: a tree of files is no database");
        }

        @Override
        public Facts facts(List<Invariant> invariants) throws SQLException {
            try {
                return TreeFacts.read(root);
            } catch (IOException e) {
                throw new SQLException("backup.files: " + root + " could not be read", e);
            }
        }

        @Override
        public List<String> complaints() {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
