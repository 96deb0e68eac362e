// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * An embedded H2 database. Its copy is taken by {@code BACKUP TO} while it is being written; the copy is then opened,
 * which rolls back what was not committed, and what the database says about itself is read from that very copy.
 */
public final class H2Source implements BackupSource {

    private final Builder settings;

    private H2Source(Builder settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public Snapshot snapshot(Path work) {
        throw later(work);
    }

    @Override
    public RestoredDatabase open(Path folder) {
        throw later(folder);
    }

    @Override
    public RestoredDatabase openEmpty(Path folder) {
        throw later(folder);
    }

    private static RuntimeException later(Path place) {
        return new UnsupportedOperationException("arrives with the next commit: " + place);
    }

    /** Builds an {@link H2Source}. */
    public static final class Builder {

        final String name;
        final DataSource source;
        final List<Invariant> invariants = new ArrayList<>();
        String user = "sa";
        Secret password = Secret.of("");

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

        /** A fact that every restored copy must reproduce exactly, beside the rows of each table. */
        public Builder invariant(String name, String sql) {
            invariants.add(new Invariant(name, sql));
            return this;
        }

        /** The source. */
        public H2Source build() {
            return new H2Source(this);
        }
    }
}
