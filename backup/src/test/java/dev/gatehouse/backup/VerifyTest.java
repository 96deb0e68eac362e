// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.Standings;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.pipeline.VerifyJob;
import dev.gatehouse.backup.retention.Candidate.Standing;
import dev.gatehouse.backup.verify.VerifyBudget;
import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport.Damage;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {

    private static final int CHUNK = 1024;

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    final byte[] content = new byte[20 * CHUNK];
    Backups backups;
    String id = "";

    @BeforeEach
    void backUp() throws Exception {
        new Random(1).nextBytes(content);
        backups = open(VerifyBudget.unlimited());
        id = backups.backUp().id();
        backups.backUp();
    }

    private Backups open(VerifyBudget budget) throws IOException {
        return Backups.builder()
                .source(new FakeSource(content))
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .chunkBytes(CHUNK)
                .verification(VerifyLevel.SAMPLE, budget)
                .ticker(time)
                .clock(time)
                .build();
    }

    @AfterEach
    void close() {
        backups.close();
    }

    private String chunk(int index) {
        return "v1/shop/data/" + id + "/data.bin." + index + ".zst.aead";
    }

    private HealthStatus.State health() {
        backups.runner().refresh();
        return new BackupHealth(backups.settings(), backups.runner()).status().state();
    }

    @Nested
    class OfWhatIsWhole {

        @Test
        void readsEveryChunkInFull() throws Exception {
            Run run = backups.verify(VerifyLevel.FULL);
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            assertThat(run.detail()).isEqualTo("full: 2 backups, 40 chunks read, " + run.bytes() + " bytes");
        }

        @Test
        void isListedAfterARestartToo() throws Exception {
            String run = backups.verify(VerifyLevel.EXISTS).id();
            backups.close();
            backups = open(VerifyBudget.unlimited());
            assertThat(backups.run(run).orElseThrow().kind()).isEqualTo(Kind.VERIFY);
            assertThat(backups.run(run).orElseThrow().succeeded()).isTrue();
        }

        @Test
        void writesNothingOfTheContents() throws Exception {
            backups.verify(VerifyLevel.FULL);
            assertThat(Rig.isEmptyOrAbsent(folder.resolve("work"))).isTrue();
        }
    }

    @Nested
    class OfWhatIsDamaged {

        @Test
        void namesTheBackupAndTheChunk() throws Exception {
            store.bytes(chunk(7))[100] ^= 1;
            Run run = backups.verify(VerifyLevel.FULL);
            assertThat(run.succeeded()).isFalse();
            assertThat(run.backup()).contains(id);
            assertThat(run.detail()).contains("backup " + id, chunk(7), "restore another backup");
        }

        @Test
        void everyChunkAndEveryByteOfOneCounts() throws Exception {
            for (int index = 0; index < 20; index++) {
                store.bytes(chunk(index))[index] ^= 1;
                assertThat(backups.verify(VerifyLevel.FULL).detail()).contains(chunk(index));
                store.bytes(chunk(index))[index] ^= 1;
            }
            assertThat(backups.verify(VerifyLevel.FULL).succeeded()).isTrue();
        }

        @Test
        void aMissingChunkIsSeenWithoutReadingAny() throws Exception {
            store.objects.remove(chunk(3));
            Run run = backups.verify(VerifyLevel.EXISTS);
            assertThat(run.detail()).contains("backup " + id, chunk(3) + " is missing");
            assertThat(run.bytes()).isZero();
        }

        @Test
        void swappedChunksAreSeen() throws Exception {
            byte[] first = store.bytes(chunk(0));
            store.objects.put(chunk(0), store.bytes(chunk(1)));
            store.objects.put(chunk(1), first);
            assertThat(backups.verify(VerifyLevel.FULL).detail()).contains(chunk(0), chunk(1));
        }

        @Test
        void aManifestThatDoesNotOpenIsSeen() throws Exception {
            String manifest = store.objects.keySet().stream()
                    .filter(name -> name.contains("/manifests/") && name.contains(id))
                    .findFirst()
                    .orElseThrow();
            store.bytes(manifest)[50] ^= 1;
            assertThat(backups.verify(VerifyLevel.EXISTS).detail()).contains("backup " + id);
        }

        @Test
        void healthIsDownUntilAllWasReadAgainAndIsWell() throws Exception {
            store.bytes(chunk(7))[100] ^= 1;
            backups.verify(VerifyLevel.FULL);
            time.advance(Duration.ofMinutes(1));
            store.bytes(chunk(7))[100] ^= 1;
            backups.verify(VerifyLevel.EXISTS);
            assertThat(health()).isEqualTo(HealthStatus.State.DOWN);
            time.advance(Duration.ofMinutes(1));
            backups.verify(VerifyLevel.FULL);
            assertThat(health()).isEqualTo(HealthStatus.State.UP);
        }

        @Test
        void itCountsAsProvenNoMore() throws Exception {
            assertThat(backups.drill(Optional.of(id)).succeeded()).isTrue();
            assertThat(backups.newestProven().orElseThrow().backup()).isEqualTo(id);
            store.bytes(chunk(7))[100] ^= 1;
            backups.verify(VerifyLevel.FULL);
            assertThat(backups.newestProven()).isEmpty();
            assertThat(Standings.of(backups.runner().state().holdings()))
                    .extracting(candidate -> candidate.standing())
                    .containsExactly(Standing.UNPROVEN, Standing.SUSPECT);
        }

        @Test
        void aForgedVerificationDoesNotCoverItUp() throws Exception {
            store.bytes(chunk(7))[100] ^= 1;
            Run run = backups.verify(VerifyLevel.FULL);
            String name = store.objects.keySet().stream()
                    .filter(object -> object.contains("/verifications/"))
                    .findFirst()
                    .orElseThrow();
            String told = new String(store.bytes(name), StandardCharsets.UTF_8);
            String empty = told.replaceAll("\"damages\":\\[.*]", "\"damages\":[]");
            assertThat(empty).isNotEqualTo(told);
            store.objects.put(name, empty.getBytes(StandardCharsets.UTF_8));
            assertThat(health()).isEqualTo(HealthStatus.State.DOWN);
            assertThat(backups.run(run.id()).orElseThrow().succeeded()).isFalse();
        }

        @Test
        void aStoreThatDoesNotAnswerIsNoDamage() throws Exception {
            store.outage = Optional.of("timeout");
            Run run = backups.verify(VerifyLevel.FULL);
            store.outage = Optional.empty();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("timeout").doesNotContain("damaged:");
        }
    }

    @Nested
    class ASample {

        @Test
        void staysWithinItsBudgetAndCoversEverythingInTurn() throws Exception {
            backups.close();
            backups = open(new VerifyBudget(10 * CHUNK, Duration.ofHours(1)));
            Set<Integer> seen = new HashSet<>();
            for (int turn = 0; turn < 6; turn++) {
                // Whatever is damaged now and not named was not read this time.
                flipAll();
                Run run = backups.verify(VerifyLevel.SAMPLE);
                flipAll();
                time.advance(Duration.ofMinutes(1));
                assertThat(run.bytes()).isLessThan(12 * CHUNK);
                for (int index = 0; index < 20; index++) {
                    String chunk = chunk(index) + " ";
                    if (damages().anyMatch(damage -> damage.what().contains(chunk))) {
                        seen.add(index);
                    }
                }
            }
            assertThat(seen).hasSize(20);
        }

        private Stream<Damage> damages() {
            Holdings holdings = backups.runner().state().holdings();
            return holdings.verifications().get(0).report().damages().stream();
        }

        private void flipAll() {
            for (int index = 0; index < 20; index++) {
                store.bytes(chunk(index))[500] ^= 1;
            }
        }

        @Test
        void endsWhenItsTimeIsOver() throws Exception {
            VerifyJob.Outcome outcome = new VerifyJob(vault(), new SlowTicker())
                    .verify(
                            new Manifests(vault()).names(),
                            VerifyLevel.FULL,
                            new VerifyBudget(1L << 40, Duration.ofSeconds(5)),
                            0);
            assertThat(outcome.report().chunks()).isEqualTo(4);
            assertThat(outcome.report().complete()).isFalse();
        }

        private Vault vault() throws IOException {
            return new Vault(
                    store, KeyProvider.file(folder.resolve("backup.key")), new SecureRandom(), new Layout("shop"));
        }
    }

    /** A second passes each time it is asked. */
    private static final class SlowTicker implements Ticker {
        private long seconds;

        @Override
        public long nanos() {
            return Duration.ofSeconds(seconds++).toNanos();
        }
    }
}
