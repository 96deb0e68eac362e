// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * An embedded H2 database. Its copy is taken by {@code BACKUP TO} while it is being written; the copy is then opened,
 * which rolls back what was not committed, and what the database says about itself is read from that very copy. Hence
 * the facts are of exactly the state that is backed up, whoever writes meanwhile; that this state is one that the
 * database had at one instant is H2's promise, and a test with writers.
 *
 * <p>That promise was seen broken once in several hundred copies, under heavy concurrent writing: one copy held half a
 * transaction. Facts read from the copy cannot show that; an invariant that must always have one value, such as a sum of
 * zero, does.
 */
public final class H2Source implements BackupSource {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final String name;
    private final DataSource source;
    private final List<Invariant> invariants;
    private final H2Files files;

    private H2Source(Builder settings) {
        this.name = settings.name;
        this.source = settings.source;
        this.invariants = List.copyOf(settings.invariants);
        this.files = new H2Files(settings.user, settings.password);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException, SQLException {
        Path zip = work.resolve("copy.zip");
        String engine = copyTo(zip);
        Path folder = Files.createDirectory(work.resolve("copy"));
        Path file = H2Files.extract(zip, folder);
        Files.delete(zip);
        try (RestoredDatabase copy = files.open(folder)) {
            Facts facts = copy.facts(invariants);
            return new Snapshot(engine, new TreeMap<>(Map.of(H2Files.ARTIFACT, file)), facts, invariants);
        }
    }

    private String copyTo(Path zip) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("BACKUP TO '" + zip.toString().replace("'", "''") + "'");
            return "H2 " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    @Override
    public RestoredDatabase open(Path folder) throws SQLException {
        return files.open(folder);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder) throws SQLException {
        return files.openEmpty(folder);
    }

    /** Builds an {@link H2Source}. */
    public static final class Builder {

        private final String name;
        private final DataSource source;
        private final List<Invariant> invariants = new ArrayList<>();
        private String user = "sa";
        private Secret password = Secret.of("");

        Builder(String name, DataSource source) {
            this.name = name;
            this.source = source;
        }

        /** The database's user, {@code sa} by default: copies have the users of their source. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** The user's password, empty by default. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /** A fact that every restored copy must reproduce exactly, beside the rows of each table; at most 1,000. */
        public Builder invariant(String name, String sql) {
            invariants.add(new Invariant(name, sql));
            return this;
        }

        /** The source; refuses a malformed name and two invariants of one name. */
        public H2Source build() {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("backup.source: name was '" + name
                        + "' but must be at most 40 lower-case letters, digits and hyphens, beginning with a letter");
            }
            Set<String> names = new HashSet<>();
            for (Invariant invariant : invariants) {
                if (!names.add(invariant.name()) || names.size() > 1_000) {
                    throw new IllegalArgumentException("backup.source." + name + ": invariant '" + invariant.name()
                            + "' is there twice or is more than the thousandth");
                }
            }
            return new H2Source(this);
        }
    }
}
