// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.BackupStoreContract;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3StoreTest extends BackupStoreContract {

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();

    @Override
    protected BackupStore newStore() {
        return server.store(bucket).prefix("deep/folder").build();
    }

    @Override
    protected int bytesOfALargeObject() {
        return (5 << 20) * 2 + 12_345;
    }

    @Test
    void leavesNoUnfinishedUploadBehind() throws IOException {
        neverOverwritesOrKeepsHalf();
        try (S3Client client = server.client()) {
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .isEmpty();
        }
    }

    private void neverOverwritesOrKeepsHalf() throws IOException {
        ObjectName name = ObjectName.of("v1", "x");
        byte[] large = new byte[bytesOfALargeObject()];
        store.putIfAbsent(name, out -> out.write(large));
        store.putIfAbsent(name, out -> out.write(large));
        try {
            store.putIfAbsent(ObjectName.of("v1", "y"), out -> {
                out.write(large);
                throw new IOException("the source went away");
            });
        } catch (IOException e) {
            assertThat(e).hasMessage("the source went away");
        }
    }

    @Test
    void abortsWhatAKilledProcessLeft() throws IOException {
        try (S3Client client = server.client()) {
            client.createMultipartUpload(request -> request.bucket(bucket).key("deep/folder/v1/left"));
            client.createMultipartUpload(request -> request.bucket(bucket).key("foreign"));
            server.store(bucket).prefix("deep/folder").build().prove();
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .hasSize(2);
            server.store(bucket)
                    .prefix("deep/folder")
                    .abandonedAfter(java.time.Duration.ZERO)
                    .build()
                    .prove();
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .extracting(software.amazon.awssdk.services.s3.model.MultipartUpload::key)
                    .containsExactly("foreign");
        }
    }

    @Test
    void listsMoreThanAPage() throws IOException {
        for (int i = 0; i < 11; i++) {
            put(ObjectName.of("v1", "many", "o" + (10 + i)), "x");
        }
        BackupStore paged =
                server.store(bucket).prefix("deep/folder").pageKeys(3).build();
        assertThat(paged.list(ObjectName.of("v1", "many"))).hasSize(11).isSorted();
    }
}
