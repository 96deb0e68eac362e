// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.backup.s3.S3Server;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.ObjectName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupsInS3Test {

    private static final ObjectName MANIFESTS = ObjectName.of("v1", "shop", "manifests");

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();

    @Test
    void aBackupReachesTheBucketAsWell() throws Exception {
        try (OpenShop shop = OpenShop.with(variables())) {
            ShopClient root =
                    shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
            String id = expect(202, root.send("POST", "/ops/backups", null)).text("id");
            BackupStore copy = server.store(bucket).build();
            Await.until("the backup to reach the bucket", () -> list(copy).contains(id));
            assertThat(root.get("/ops/backups/" + id).text("status")).isEqualTo("succeeded");
        }
    }

    @Test
    void theProofInTheBucketAllowsAMigrationWhenTheDirectoryIsGone() throws Exception {
        try (OpenShop shop = OpenShop.with(variables())) {
            shop.customer("ann@example.org").order("honey", 1);
            Wiring wiring = shop.shop().wiring();
            String id = wiring.backups.backUp().id();
            assertThat(wiring.backups.drill(Optional.empty()).succeeded()).isTrue();
            HighWaterMark marks = HighWaterMark.directory(ShopBackups.marks(wiring.config));
            BackupPlaces.of(wiring.config, marks, new SimpleMeterRegistry()).reconcile();
            Files.move(shop.data().resolve("backups"), shop.data().resolve("lost"));

            assertThat(ShopBackups.newestProven(wiring.config).map(ProvenBackup::backup))
                    .hasValue(id);
        }
    }

    private Map<String, String> variables() {
        return Map.of(
                "SHOP_STANDBY", "false",
                "SHOP_S3_ENDPOINT", server.endpoint().toString(),
                "SHOP_S3_BUCKET", bucket,
                "SHOP_S3_ACCESS_KEY", S3Server.CREDENTIALS.accessKey(),
                "SHOP_S3_SECRET_KEY", S3Server.CREDENTIALS.secretKey().reveal());
    }

    private static String list(BackupStore copy) {
        try {
            return copy.list(MANIFESTS).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
