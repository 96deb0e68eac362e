// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {

    @Test
    void findsTheScriptsOfAModuleByItsName() {
        Schema schema = Schema.of("auth", "V1__accounts.sql");

        assertThat(schema.locationFor(DatabaseProduct.POSTGRESQL)).isEqualTo("dev/gatehouse/auth/db/postgresql");
        assertThat(schema.historyTable()).isEqualTo("gatehouse_auth_history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Auth", "auth;drop", "a\"b", "1auth"})
    void refusesAModuleThatIsNoPlainWord(String module) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.of(module, "V1__a.sql"))
                .withMessageContaining("lower-case word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1_a.sql", "accounts.sql", "V1__a.txt", "Vx__a.sql", "../V1__a.sql"})
    void refusesAScriptWithoutAVersion(String script) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.of("auth", script))
                .withMessageContaining("V1__accounts.sql");
    }

    @Test
    void refusesScriptsOutOfOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.of("auth", "V2__b.sql", "V1__a.sql"))
                .withMessage("schema.auth: V1__a.sql has version 1 but must come after 2");
    }

    @Test
    void refusesASchemaWithoutScripts() {
        assertThatIllegalArgumentException().isThrownBy(() -> Schema.of("auth")).withMessageContaining("at least one");
    }
}
