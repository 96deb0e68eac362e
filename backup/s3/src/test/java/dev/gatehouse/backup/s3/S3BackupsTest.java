// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.StoreState.Trouble;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.s3.FaultyWire.Fault;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.Mirroring;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.StoreFactory;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a bucket, from the dump to the restored database. */
class S3BackupsTest {

    @TempDir
    Path folder;

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private final AtomicReference<S3Credentials> credentials = new AtomicReference<>(S3Server.CREDENTIALS);
    private FaultyWire wire;

    @BeforeEach
    void open() throws Exception {
        wire = new FaultyWire(server.endpoint());
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders AS SELECT 1 id");
        }
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
    }

    private S3Store bucket() {
        return server.store(bucket)
                .endpoint(wire.endpoint())
                .credentials(credentials::get)
                .pause(wait -> {})
                .build();
    }

    private JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + bucket + ";DB_CLOSE_DELAY=-1");
        database.setUser("sa");
        return database;
    }

    private Backups backups(BackupStore store) throws IOException {
        return Backups.builder()
                .source(BackupSource.h2("shop", database()).build())
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .highWaterMark(
                        HighWaterMark.in(server.store(bucket).prefix("marks").build()))
                .workFolder(folder.resolve("work"))
                .build();
    }

    @Test
    void areMadeAndRestoredInSpiteOfABadNetwork() throws Exception {
        for (int i = 0; i < 40; i += 8) {
            int at = i;
            wire.spoil(1, request -> wire.seen().size() > at, Fault.answer(503, "SlowDown"));
            wire.spoil(1, request -> wire.seen().size() > at + 4, Fault.dropAnswer());
        }
        try (Backups backups = backups(bucket())) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backups.restore(run.id(), folder.resolve("restored"));
            assertThat(folder.resolve("restored")).isNotEmptyDirectory();
        }
    }

    @Test
    void showCredentialsThatExpiredAtTheNextLook() throws Exception {
        try (Backups backups = backups(bucket())) {
            String id = backups.backUp().id();
            assertThat(backups.checkStores().get(0).trouble()).isEmpty();
            credentials.set(S3Credentials.of(S3Server.CREDENTIALS.accessKey(), Secret.of("expired")));
            assertThat(backups.checkStores().get(0).trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(Trouble.Kind.CREDENTIALS));
            assertThatThrownBy(() -> backups.restore(id, folder.resolve("restored")))
                    .isInstanceOf(BackupException.Credentials.class)
                    .hasMessageContaining(id);
            credentials.set(S3Server.CREDENTIALS);
            assertThat(backups.checkStores().get(0).trouble()).isEmpty();
        }
    }

    @Test
    void followIntoABucketThatWasAwayAndRestoreFromItAlone() throws Exception {
        String id;
        BackupStore directory = BackupStore.directory(folder.resolve("store"));
        BackupStore both = BackupStore.mirrored(Mirroring.PRIMARY, HighWaterMark.inMemory(), directory, bucket());
        try (Backups backups = backups(both)) {
            wire.spoil(10_000, request -> true, Fault.answer(503, "SlowDown"));
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            id = run.id();
            assertThat(backups.checkStores().get(1).mirror().orElseThrow().trouble())
                    .isPresent();
            wire.heal();
            assertThat(backups.checkStores().get(1).mirror().orElseThrow().missing())
                    .isZero();
        }
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", S3Server.CREDENTIALS.accessKey(),
                "AWS_SECRET_ACCESS_KEY", S3Server.CREDENTIALS.secretKey().reveal());
        BackupStore alone = StoreFactory.open("s3://" + bucket, environment);
        assertThat(alone.list(ObjectName.of("v1"))).hasSameSizeAs(directory.list(ObjectName.of("v1")));
        try (Backups backups = backups(alone)) {
            backups.restore(id, folder.resolve("restored"));
        }
        assertThat(folder.resolve("restored")).isNotEmptyDirectory();
    }
}
