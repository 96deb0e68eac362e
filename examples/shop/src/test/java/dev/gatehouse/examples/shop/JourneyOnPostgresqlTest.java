// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

class JourneyOnPostgresqlTest extends JourneyContract {

    @Override
    Map<String, String> database() {
        try (Connection connection = TestDatabases.postgresql().getConnection()) {
            String url = connection.getMetaData().getURL();
            return Map.of("SHOP_DB_URL", url, "SHOP_DB_USER", "postgres");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
