// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.log.LoggingSettings;
import dev.gatehouse.testing.NeedsProgram;
import dev.gatehouse.testing.TestDatabases;
import java.io.OutputStream;
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
            assertThat(root.get("/ops/runbook").body()).contains("createdb", "pg_restore --exit-on-error");
            theReportIsMadeOnACopy(shop);
        }
    }

    private static void theReportIsMadeOnACopy(OpenShop shop) throws Exception {
        Logging logs = Logging.configure(LoggingSettings.json("trial"), OutputStream.nullOutputStream());
        try (Trial trial = Trial.of(shop.shop().wiring().config, logs)) {
            Wiring copy = trial.shop().wiring();
            assertThat(copy.pool.getJdbcUrl())
                    .isNotEqualTo(shop.shop().wiring().pool.getJdbcUrl());
            assertThat(copy.auth.account("ann@example.org")).isPresent();
            assertThat(trial.shop().report().items()).isNotEmpty();
        } finally {
            logs.close();
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
