// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.NeedsProgram;
import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@NeedsProgram({"pg_dump", "pg_restore"})
class BackupsOnPostgresqlTest {

    @Test
    void aBackupIsDrilledByOpeningAShopOnIt() throws Exception {
        DataSource database = TestDatabases.postgresql();
        try (OpenShop shop = OpenShop.with(variables(database))) {
            ShopClient root =
                    shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
            ShopClient ann = shop.customer("ann@example.org");
            expect(201, ann.order("honey", 1));
            String backup = run(shop, root, "/ops/backups");
            expect(201, ann.order("honey", 2));
            String drill = run(shop, root, "/ops/drills");
            assertThat(root.get("/ops/backups/" + drill).text("backup")).isEqualTo(backup);
            assertThat(root.get("/ops/backups").list()).hasSize(2);
        }
    }

    private static Map<String, String> variables(DataSource database) throws Exception {
        try (Connection connection = database.getConnection()) {
            return Map.of(
                    "SHOP_DB_URL",
                    connection.getMetaData().getURL(),
                    "SHOP_DB_USER",
                    "postgres",
                    "SHOP_DRILL_PROGRAMS",
                    TestDatabases.postgresqlPrograms().toString());
        }
    }

    private static String run(OpenShop shop, ShopClient root, String path) throws Exception {
        String id = expect(202, root.send("POST", path, null)).text("id");
        shop.awaitRun(id);
        assertThat(root.get("/ops/backups/" + id).text("status"))
                .as(root.get("/ops/backups/" + id).body())
                .isEqualTo("succeeded");
        return id;
    }
}
