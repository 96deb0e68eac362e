// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.s3.S3Server;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupsInS3Test {

    private static final ObjectName MANIFESTS = ObjectName.of("v1", "shop", "manifests");

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();

    @Test
    void aBackupReachesTheBucketAsWell() throws Exception {
        try (OpenShop shop = OpenShop.with(Map.of(
                "SHOP_STANDBY", "false",
                "SHOP_S3_ENDPOINT", server.endpoint().toString(),
                "SHOP_S3_BUCKET", bucket,
                "SHOP_S3_ACCESS_KEY", S3Server.CREDENTIALS.accessKey(),
                "SHOP_S3_SECRET_KEY", S3Server.CREDENTIALS.secretKey().reveal()))) {
            ShopClient root =
                    shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
            String id = expect(202, root.send("POST", "/ops/backups", null)).text("id");
            BackupStore copy = server.store(bucket).build();
            Await.until("the backup to reach the bucket", () -> list(copy).contains(id));
            assertThat(root.get("/ops/backups/" + id).text("status")).isEqualTo("succeeded");
        }
    }

    private static String list(BackupStore copy) {
        try {
            return copy.list(MANIFESTS).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
