// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** H2 databases in files of private folders. */
record H2Files(String user, Secret password) {

    static final String ARTIFACT = "database.mv.db";

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
