// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The snapshots of several sources as one. */
record SetSnapshot(SourceSet set, List<Snapshot> snapshots) implements Snapshot {

    @Override
    public String engine() {
        return snapshots.get(0).engine();
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            String prefix = set.prefix(set.all().get(i));
            snapshots.get(i).parts().forEach(part -> parts.add(new Renamed(prefix + part.name(), part)));
        }
        return parts;
    }

    @Override
    public Facts facts() throws IOException, SQLException {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < snapshots.size(); i++) {
            String prefix = set.prefix(set.all().get(i));
            snapshots.get(i).facts().values().forEach((name, value) -> facts.put(prefix + name, value));
        }
        return Facts.of(facts);
    }

    /** Only the database has queries. */
    @Override
    public List<Invariant> invariants() {
        return snapshots.get(0).invariants();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            String prefix = set.prefix(set.all().get(i));
            snapshots.get(i).warnings().forEach(warning -> warnings.add(prefix + warning));
        }
        return warnings;
    }

    @Override
    public void close() throws IOException, SQLException {
        closeFrom(0);
    }

    private void closeFrom(int index) throws IOException, SQLException {
        if (index < snapshots.size()) {
            try {
                closeFrom(index + 1);
            } finally {
                snapshots.get(index).close();
            }
        }
    }

    /** A part under its name in the set. */
    private record Renamed(String name, Part part) implements Part {

        @Override
        public OptionalLong expectedBytes() {
            return part.expectedBytes();
        }

        @Override
        public InputStream open() throws IOException {
            return part.open();
        }
    }
}
