// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** H2 databases in files of private folders: taken out of H2's own archive, and opened. */
record H2Files(String user, Secret password) {

    static final String ARTIFACT = "database.mv.db";

    /** Takes the one database file out of what {@code BACKUP TO} wrote, under our name, whatever its own name says. */
    static Path extract(Path zip, Path folder) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> databases = archive.stream()
                    .filter(entry -> entry.getName().endsWith(".mv.db"))
                    .toList();
            if (databases.size() != 1) {
                throw new IOException("backup.h2: BACKUP TO wrote " + databases.size() + " databases instead of one");
            }
            Path file = folder.resolve(ARTIFACT);
            try (InputStream in = archive.getInputStream(databases.get(0))) {
                Files.copy(in, file);
            }
            return file;
        }
    }

    RestoredDatabase open(Path folder) throws SQLException {
        return connect(folder, "IFEXISTS=TRUE");
    }

    RestoredDatabase openEmpty(Path folder) throws SQLException {
        return connect(folder, "IFEXISTS=FALSE");
    }

    private RestoredDatabase connect(Path folder, String setting) throws SQLException {
        String path = folder.toAbsolutePath().resolve("database").toString();
        if (path.contains(";")) {
            throw new SQLException("backup.h2: the work folder's path must not have a semicolon: " + path);
        }
        String url = "jdbc:h2:file:" + path + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;" + setting;
        Connection keeper = DriverManager.getConnection(url, user, password.reveal());
        return new H2Database(url, this, keeper);
    }
}
