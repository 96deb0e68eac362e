// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableCommitsTest {

    private static JdbcDataSource h2(Path folder, String options) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("data") + options);
        return source;
    }

    @Test
    void refusesAnEmbeddedDatabaseThatWritesLater(@TempDir Path folder) {
        assertThatThrownBy(() -> DurableCommits.verify(h2(folder, "")))
                .isInstanceOf(SchemaException.class)
                .hasMessage("database: WRITE_DELAY was '500' but must be 0; add ;WRITE_DELAY=0 to the JDBC URL");
    }

    @Test
    void acceptsOneThatWritesBeforeItAcknowledges(@TempDir Path folder) {
        assertThat(DurableCommits.problemOf(h2(folder, ";WRITE_DELAY=0"))).isEmpty();
    }
}
