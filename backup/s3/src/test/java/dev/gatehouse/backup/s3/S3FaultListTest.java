// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.contract.StoreOpener;
import dev.gatehouse.backup.contract.faults.FaultListContract;
import dev.gatehouse.backup.s3.FaultyWire.Fault;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole list on a real S3 server takes minutes; what is S3's own is also tested by itself, each time. */
@Tag("soak")
class S3FaultListTest extends FaultListContract {

    private static final AtomicInteger FOLDERS = new AtomicInteger();

    private final S3Server server = S3Server.shared();

    @Override
    protected String newStore() {
        return server.endpoint() + "/" + server.newBucket();
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return Opener.class;
    }

    @Override
    protected String kind() {
        return "s3";
    }

    @Override
    protected BackupStore refused(String address) {
        return builder(URI.create(address))
                .credentials(() -> S3Credentials.of(S3Server.CREDENTIALS.accessKey(), Secret.of("expired")))
                .build();
    }

    /** An upload that a killed writer left shows to nobody, and the first to open the store a day later ends it. */
    @Override
    protected void assertNothingUnfinished(String address) throws Exception {
        builder(URI.create(address))
                .abandonedAfter(java.time.Duration.ZERO)
                .build()
                .prove();
        try (S3Client client = server.client()) {
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket(URI.create(address))))
                            .uploads())
                    .isEmpty();
        }
    }

    private static String bucket(URI address) {
        return address.getPath().substring(1);
    }

    private static S3StoreBuilder builder(URI address) {
        return S3Store.builder()
                .endpoint(address.resolve("/"))
                .bucket(bucket(address))
                .partBytes(5 << 20)
                .credentials(() -> S3Server.CREDENTIALS);
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("429", Fault.answer(429, "TooManyRequests", "Retry-After: 1"));
        faults.put("500", Fault.answer(500, "InternalError"));
        faults.put("503 SlowDown", Fault.answer(503, "SlowDown"));
        faults.put("connection dropped before", Fault.dropRequest());
        faults.put("connection dropped after", Fault.dropAnswer());
        faults.put("answer cut", Fault.cutAnswer(7));
        faults.put("silence until the timeout", Fault.hang());
        return faults;
    }

    /** Spoils one request of a backup and its restore, in turn, once by each fault; each time in a bucket of its own. */
    @Test
    void survivesAFaultAtEveryRequest() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.endpoint())) {
            backUpAndRestore(wire);
            int requests = wire.seen().size();
            for (Map.Entry<String, Fault> fault : faults().entrySet()) {
                for (int spoiled = 1; spoiled <= requests; spoiled++) {
                    wire.heal();
                    AtomicInteger left = new AtomicInteger(spoiled);
                    wire.spoil(1, request -> left.decrementAndGet() == 0, fault.getValue());
                    backUpAndRestore(wire);
                }
                count("request spoiled once: " + fault.getKey(), requests, "tried again, backup and restore succeed");
            }
        }
    }

    private void backUpAndRestore(FaultyWire wire) throws Exception {
        Path place = folder.resolve("wire-" + FOLDERS.incrementAndGet());
        try (S3Store store = builder(URI.create(newStore()))
                        .endpoint(wire.endpoint())
                        .requestTimeout(java.time.Duration.ofSeconds(1))
                        .pause(wait -> {})
                        .build();
                Backups backups = backups(store)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backups.restore(run.id(), place);
        }
    }

    @Test
    void failsCleanWhenTheServiceStaysAway() throws Exception {
        String address = newStore();
        int cases = 0;
        try (FaultyWire wire = new FaultyWire(server.endpoint())) {
            for (int from : new int[] {1, 5, 10, 15}) {
                AtomicInteger left = new AtomicInteger(from);
                wire.heal();
                wire.spoil(10_000, request -> left.decrementAndGet() <= 0, Fault.answer(503, "SlowDown"));
                try (S3Store store = builder(URI.create(address))
                                .endpoint(wire.endpoint())
                                .pause(wait -> {})
                                .build();
                        Backups backups = backups(store)) {
                    assertThat(backups.backUp().succeeded()).isFalse();
                }
                cases++;
            }
            wire.heal();
            try (S3Store store = builder(URI.create(address)).build();
                    Backups backups = backups(store)) {
                assertThat(backups.list()).isEmpty();
                assertThat(backups.backUp().succeeded()).isTrue();
            }
        }
        count("service away from some request on", cases, "run failed, no manifest, next one works");
    }

    /** Opens a bucket of the tests' server. */
    public static final class Opener implements StoreOpener {
        @Override
        public BackupStore open(String address) throws IOException {
            return builder(URI.create(address)).build();
        }
    }
}
