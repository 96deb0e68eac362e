// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.jdbc.flyway.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What migrating and the schema check promise; each database runs it. */
abstract class MigrationsContract {

    static final Schema ALPHA = new Schema("alpha", "schemas/alpha", List.of("V1__things.sql"));
    static final Schema ALPHA_NEXT =
            new Schema("alpha", "schemas/alpha_next", List.of("V1__things.sql", "V2__colours.sql"));
    static final Schema BETA = new Schema("beta", "schemas/beta", List.of("V1__things.sql"));
    static final Schema BROKEN = new Schema("broken", "schemas/broken", List.of("V1__things.sql", "V2__half.sql"));

    DataSource database = freshDatabase();

    abstract DataSource freshDatabase();

    @Test
    void saysWhichScriptsRanNow() {
        assertThat(Migrations.migrate(database, ALPHA, BETA))
                .containsExactly("alpha/V1__things.sql", "beta/V1__things.sql");
    }

    @Test
    void changesNothingTheSecondTime() {
        Migrations.migrate(database, ALPHA, BETA);

        assertThat(Migrations.migrate(database, ALPHA, BETA)).isEmpty();
    }

    @Test
    void keepsOneHistoryTableAModule() throws SQLException {
        Migrations.migrate(database, ALPHA_NEXT, BETA);

        assertThat(scriptsIn("gatehouse_alpha_history")).isEqualTo(2);
        assertThat(scriptsIn("gatehouse_beta_history")).isEqualTo(1);
    }

    @Test
    void joinsADatabaseThatHoldsTablesOfTheApplication() throws SQLException {
        execute("CREATE TABLE customer (id INT PRIMARY KEY)");

        assertThat(Migrations.migrate(database, ALPHA)).hasSize(1);
    }

    @Test
    void runsOnlyWhatIsNewAfterAnUpgrade() {
        Migrations.migrate(database, ALPHA);

        assertThat(Migrations.migrate(database, ALPHA_NEXT)).containsExactly("alpha/V2__colours.sql");
    }

    @Test
    void takesScriptsAsTheyAreWithoutPlaceholders() throws SQLException {
        Migrations.migrate(database, ALPHA);
        execute("INSERT INTO alpha_thing (id) VALUES ('1')");

        assertThat(number("SELECT COUNT(*) FROM alpha_thing WHERE note = '${kept}'"))
                .isEqualTo(1);
    }

    @Test
    void logsThroughSlf4jAndWarnsOfNothing() {
        Logger logger = (Logger) LoggerFactory.getLogger("org.flywaydb");
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        try {
            Migrations.migrate(database, ALPHA, BETA);
        } finally {
            logger.detachAppender(events);
            logger.setLevel(before);
            logger.setAdditive(true);
        }
        assertThat(events.list).isNotEmpty().noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Nested
    class Refuses {

        @Test
        void aScriptThatFailsNamingModuleAndScript() {
            assertThatThrownBy(() -> Migrations.migrate(database, BROKEN))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("schema.broken")
                    .hasMessageContaining("V2__half.sql");
        }

        @Test
        void aScriptThatWasEditedAfterItRan() {
            Migrations.migrate(database, ALPHA);
            Schema edited = new Schema("alpha", "schemas/edited", List.of("V1__things.sql"));

            assertThatThrownBy(() -> Migrations.migrate(database, edited))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("schema.alpha")
                    .hasMessageContaining("checksum");
        }

        @Test
        void aDatabaseNewerThanTheLibrary() {
            Migrations.migrate(database, ALPHA_NEXT);

            assertThatThrownBy(() -> Migrations.migrate(database, ALPHA))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("V2__colours.sql ran in this database")
                    .hasMessageContaining("at least as new");
        }

        @Test
        void aSchemaWithAScriptThatIsNotOnTheClassPath() {
            Schema promised = new Schema("alpha", "schemas/alpha", List.of("V1__things.sql", "V2__colours.sql"));

            assertThatThrownBy(() -> Migrations.migrate(database, promised)).hasMessageContaining("V2__colours.sql");
        }

        @Test
        void aLocationThatDoesNotExist() {
            Schema nowhere = new Schema("alpha", "schemas/nowhere", List.of("V1__things.sql"));

            assertThatThrownBy(() -> Migrations.migrate(database, nowhere))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("schemas/nowhere");
        }
    }

    @Nested
    class TheCheckAtStart {

        @BeforeEach
        void migrated() {
            Migrations.migrate(database, ALPHA);
        }

        @Test
        void acceptsExactlyWhatIsNeeded() {
            SchemaCheck.verify(database, ALPHA);

            assertThat(SchemaCheck.stateOf(database, ALPHA)).isEqualTo(new SchemaState.Current());
        }

        @Test
        void namesEveryMissingScriptOfEveryModuleAtOnce() {
            assertThatThrownBy(() -> SchemaCheck.verify(database, ALPHA_NEXT, BETA))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("schema.alpha: V2__colours.sql has not run")
                    .hasMessageContaining("schema.beta: V1__things.sql has not run")
                    .hasMessageContaining("Migrations.migrate");
        }

        @Test
        void refusesADatabaseNewerThanTheLibrary() {
            Migrations.migrate(database, ALPHA_NEXT);

            assertThat(SchemaCheck.stateOf(database, ALPHA))
                    .isEqualTo(new SchemaState.Ahead(List.of("V2__colours.sql")));
            assertThatThrownBy(() -> SchemaCheck.verify(database, ALPHA)).hasMessageContaining("not known here");
        }

        @Test
        void noticesAFailedRow() throws SQLException {
            execute("UPDATE \"gatehouse_alpha_history\" SET \"success\" = FALSE WHERE \"version\" = '1'");

            assertThat(SchemaCheck.stateOf(database, ALPHA))
                    .isEqualTo(new SchemaState.Broken(List.of("V1__things.sql")));
        }

        @Test
        void isNotFooledByATableWhoseNameOnlyLooksAlike() throws SQLException {
            execute("CREATE TABLE \"gatehouseXbeta_history\" (id INT)");

            assertThat(SchemaCheck.stateOf(database, BETA))
                    .isEqualTo(new SchemaState.Behind(List.of("V1__things.sql")));
        }
    }

    private int scriptsIn(String table) throws SQLException {
        return number("SELECT COUNT(*) FROM \"" + table + "\" WHERE \"type\" = 'SQL'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
