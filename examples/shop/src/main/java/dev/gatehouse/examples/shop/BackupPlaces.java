// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.backup.s3.S3Credentials;
import dev.gatehouse.backup.s3.S3Store;
import dev.gatehouse.backup.s3.S3StoreBuilder;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.Mirroring;
import dev.gatehouse.examples.shop.config.ShopConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;

/** Where the shop's backups lie: in a directory and, when there is one, in a bucket that follows it. */
final class BackupPlaces {

    private BackupPlaces() {}

    /** A bucket that is away costs no backup: it catches up, and health says how far it is behind. */
    static BackupStore of(ShopConfig config, HighWaterMark marks, MeterRegistry meters) throws IOException {
        BackupStore directory = BackupStore.directory(config.backups());
        Optional<BackupStore> bucket = config.s3().map(s3 -> bucket(s3, meters));
        return bucket.isPresent() ? BackupStore.mirrored(Mirroring.PRIMARY, marks, directory, bucket.get()) : directory;
    }

    static BackupStore bucket(ShopConfig.S3 s3, MeterRegistry meters) {
        S3Credentials credentials = S3Credentials.of(s3.accessKey(), s3.secretKey());
        S3StoreBuilder bucket = S3Store.builder()
                .endpoint(s3.endpoint())
                .bucket(s3.bucket())
                .credentials(() -> credentials)
                .meters(meters);
        s3.region().ifPresent(bucket::region);
        return bucket.build();
    }
}
