// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * An embedded H2 database, copied while it is being written. One transaction of isolation SNAPSHOT reads what the
 * database says about itself and then all of it, as {@code SCRIPT}; a new database is made of that and read again. The
 * two readings must agree. Hence a copy is the state of one instant, or there is none.
 *
 * <p>H2's own {@code BACKUP TO} is not used: it copies the file without regard to transactions under way, and with two
 * tables written together one copy in six held half of a transaction (H2 2.5.252).
 *
 * <p>Triggers and functions in Java must be on the class path, here and where the copy is opened. A change of schema
 * while the copy is taken may make the run fail; the next one finds it done.
 */
public final class H2Source implements BackupSource {

    /** Who makes a copy, and leaves it: the users of a copy are those of its source. */
    private static final H2Files MAKER = new H2Files("GATEHOUSE_COPY", Secret.of(""));

    private static final Pattern ENGINE = Pattern.compile("H2 ([0-9]{1,6})\\.([0-9]{1,6})(?:\\..*)?");

    private final String name;
    private final DataSource source;
    private final List<Invariant> invariants;
    private final H2Files files;

    private H2Source(Builder settings) {
        this.name = settings.name;
        this.source = settings.source;
        this.invariants = Invariant.distinct(settings.name, settings.invariants);
        this.files = new H2Files(settings.user, settings.password);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Snapshot snapshot(Path work) throws IOException, SQLException {
        Path script = work.resolve("copy.sql");
        H2Script.Written written = H2Script.write(source, script, invariants);
        Path folder = Files.createDirectory(work.resolve("copy"));
        Facts facts = copy(script, written, folder);
        Part file = Part.file(H2Files.ARTIFACT, folder.resolve(H2Files.ARTIFACT));
        return new H2Snapshot(written.engine(), List.of(file), facts, invariants);
    }

    /** Makes a database of the script; what that says about itself. */
    private Facts copy(Path script, H2Script.Written written, Path folder) throws IOException, SQLException {
        try (RestoredDatabase copy = MAKER.openEmpty(folder)) {
            H2Script.run(copy, script);
        }
        Files.delete(script);
        requireOpens(folder);
        try (RestoredDatabase copy = files.open(folder)) {
            Facts facts = copy.facts(invariants);
            requireSame(written.data(), facts);
            return facts;
        }
    }

    /** Whether the copy can be opened one day shows now. */
    private void requireOpens(Path folder) throws SQLException {
        try (RestoredDatabase copy = files.open(folder)) {
            H2Script.execute(copy, "DROP USER " + MAKER.user());
        } catch (SQLException e) {
            throw new SQLException(
                    "backup.source." + name + ": user and password must be those of an administrator of the database,"
                            + " for a copy has its users, and it does not open as " + files.user(),
                    e);
        }
    }

    private static long version(int major, int minor) {
        return 1_000_000L * major + minor;
    }

    private void requireSame(Facts source, Facts copy) throws SQLException {
        Map<String, String> same = new TreeMap<>(copy.values());
        same.keySet().retainAll(source.values().keySet());
        List<String> differences = source.differences(Facts.of(same));
        if (!differences.isEmpty()) {
            throw new SQLException("backup.source." + name
                    + ": the copy differs from the database in the same snapshot: " + differences.get(0));
        }
    }

    /** A file of a newer H2 may be one that this H2 cannot read, or reads wrongly. */
    @Override
    public List<String> obstacles(String engine, Facts facts) throws SQLException {
        Matcher made = ENGINE.matcher(engine);
        Driver here = DriverManager.getDriver("jdbc:h2:mem:");
        boolean newer = made.matches()
                && version(Integer.parseInt(made.group(1)), Integer.parseInt(made.group(2)))
                        > version(here.getMajorVersion(), here.getMinorVersion());
        return newer
                ? List.of("version: the backup is of " + engine + ", here is the older H2 " + here.getMajorVersion()
                        + "." + here.getMinorVersion())
                : List.of();
    }

    @Override
    public List<String> drift(Facts facts) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Facts now = new H2Facts(connection).read(List.of());
            return facts.schema().differences(now.schema());
        }
    }

    @Override
    public RestoredDatabase open(Path folder, Facts recorded) throws SQLException {
        return files.open(folder);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder, Facts recorded) throws SQLException {
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
            Names.require(name);
            return new H2Source(this);
        }
    }
}
