// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Copies a shop's embedded database, of a shop that runs too. */
public final class DataCopy {

    private static final String FILE = "shop.mv.db";
    private static final int TRIES = 50;

    private DataCopy() {}

    /**
     * Copies the database of {@code data} into {@code target}; nothing when there is no database yet. A copy counts only when its file did not change meanwhile and every row of it can be read.
     */
    public static void of(Path data, Path target) throws IOException {
        Path file = data.resolve(FILE);
        for (int i = 0; Files.exists(file); i++) {
            if (copied(file, target.resolve(FILE)) && isWhole(target)) {
                return;
            }
            if (i == TRIES) {
                throw new IOException("the shop is too busy for a consistent copy of its data: ask it, --url=URL");
            }
        }
    }

    private static boolean copied(Path from, Path to) throws IOException {
        try {
            BasicFileAttributes before = Files.readAttributes(from, BasicFileAttributes.class);
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            BasicFileAttributes after = Files.readAttributes(from, BasicFileAttributes.class);
            return before.size() == after.size() && before.lastModifiedTime().equals(after.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean isWhole(Path folder) {
        try (Connection connection = DriverManager.getConnection(Database.h2(folder.resolve("shop")), "sa", "");
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                statement.execute("SELECT count(*) FROM (SELECT * FROM \"" + table + "\")");
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
