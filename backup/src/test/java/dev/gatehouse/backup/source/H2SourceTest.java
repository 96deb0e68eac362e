// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy has the users of its source, whoever makes it. */
class H2SourceTest {

    @TempDir
    Path folder;

    DataSource database;
    Connection keeper;

    @BeforeEach
    void open() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:users;DB_CLOSE_DELAY=0");
        source.setUser("keeper");
        source.setPassword("right");
        keeper = source.getConnection();
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE USER clerk PASSWORD 'clerks'");
            statement.execute("CREATE SCHEMA desk AUTHORIZATION keeper");
            statement.execute("CREATE TABLE desk.letters(id INT PRIMARY KEY)");
            statement.execute("GRANT SELECT ON desk.letters TO clerk");
        }
        database = source;
    }

    @AfterEach
    void close() throws SQLException {
        keeper.close();
    }

    private H2Source source(String user, String password) {
        return BackupSource.h2("shop", database)
                .user(user)
                .password(Secret.of(password))
                .build();
    }

    private Snapshot snapshot(H2Source source) throws Exception {
        return source.snapshot(Files.createDirectory(folder.resolve("work")));
    }

    @Test
    void aCopyIsOpenedAsTheSourceIsAndItsSchemaIsThatOfTheSource() throws Exception {
        H2Source source = source("keeper", "right");
        try (Snapshot snapshot = snapshot(source)) {
            assertThat(source.drift(snapshot.facts())).isEmpty();
            try (RestoredDatabase copy = source.open(folder.resolve("work/copy"), snapshot.facts())) {
                assertThat(copy.facts(snapshot.invariants())).isEqualTo(snapshot.facts());
            }
        }
        H2Source other = source("keeper", "wrong");
        assertThatThrownBy(() -> other.open(folder.resolve("work/copy"), Facts.of(Map.of())))
                .isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @CsvSource({"sa,right", "keeper,wrong", "clerk,clerks"})
    void aUserWhoDoesNotOpenTheSourceAsItsAdministratorIsNamed(String user, String password) {
        assertThatThrownBy(() -> snapshot(source(user, password)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("backup.source.shop: user and password must be those of an administrator")
                .hasMessageEndingWith("does not open as " + user);
    }

    @Test
    void whatOfTheSchemaChangedHasAName() throws Exception {
        H2Source source = source("keeper", "right");
        Facts before;
        try (Snapshot snapshot = snapshot(source)) {
            before = snapshot.facts();
        }
        try (Statement statement = keeper.createStatement()) {
            statement.execute("ALTER TABLE desk.letters ADD COLUMN \"text (or \"\"none\"\")\" VARCHAR");
            statement.execute("CREATE INDEX \"by (text)\" ON desk.letters(\"text (or \"\"none\"\")\")");
            statement.execute("REVOKE SELECT ON desk.letters FROM clerk");
        }
        assertThat(source.drift(before))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .matches("schema CREATE MEMORY TABLE \"DESK\".\"LETTERS\": [0-9a-f]{32} became .*"))
                .anySatisfy(line -> assertThat(line).contains("\"by (text)\"", "absent became"))
                .anySatisfy(line -> assertThat(line).contains("GRANT SELECT", "became absent"));
    }

    @ParameterizedTest
    @CsvSource({"H2 2.6.1,true", "H2 3.0.0 (2030-01-01),true", "H2 2.5.999,false", "H2 1.4.200,false", "files 1,false"})
    void aBackupOfANewerVersionIsAnObstacle(String engine, boolean newer) throws Exception {
        List<String> obstacles = source("keeper", "right").obstacles(engine, Facts.of(Map.of()));
        if (newer) {
            assertThat(obstacles).containsExactly("version: the backup is of " + engine + ", here is the older H2 2.5");
        } else {
            assertThat(obstacles).isEmpty();
        }
    }
}
