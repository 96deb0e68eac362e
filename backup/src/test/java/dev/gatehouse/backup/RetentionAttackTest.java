// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.SignedFolder;
import dev.gatehouse.backup.format.Tombstone;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import dev.gatehouse.backup.retention.SweepReport;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What would remove a backup that somebody still needs, if retention believed it. */
class RetentionAttackTest extends RetentionFixture {

    private Holdings holdings() {
        backups.runner().refresh();
        return backups.runner().state().holdings();
    }

    private void take(String kind, String backup) {
        assertThat(store.objects.keySet().removeIf(name -> name.contains("/" + kind + "/") && name.contains(backup)))
                .isTrue();
    }

    @Nested
    class ADrillThatFails {

        @Test
        void provesNothing() throws Exception {
            source.complaints = List.of("migration 3 failed");
            for (int i = 0; i < 12; i++) {
                assertThat(backups.backUp().succeeded()).isTrue();
                assertThat(backups.drill(Optional.empty()).succeeded()).isFalse();
                time.advance(STEP);
            }
            assertThat(retention.plan().provenBy()).isEmpty();
            assertThat(retention.plan().removals()).isEmpty();
            assertThat(holdings().newestProven()).isEmpty();
        }

        @Test
        void takesAwayWhatAnEarlierOneProved() throws Exception {
            steps(6);
            source.complaints = List.of("migration 3 failed");
            assertThat(backups.drill(Optional.of(ids.get(5))).succeeded()).isFalse();
            assertThat(retention.plan().provenBy().orElseThrow().backup()).isEqualTo(ids.get(2));
            assertThat(holdings().newestProven().orElseThrow().backup()).isEqualTo(ids.get(2));
        }
    }

    @Nested
    class AProof {

        @Test
        void isOfTheVeryManifestThatIsThere() throws Exception {
            steps(4);
            assertThat(holdings().newestProven().orElseThrow().backup()).isEqualTo(ids.get(2));
            Vault vault = vault();
            ManifestName name = new ManifestName(3, ids.get(2));
            Authentic drilled = new Manifests(vault).open(name);
            store.delete(vault.layout().manifest(name));
            new Manifests(vault).write(drilled.manifest(), drilled.key());
            assertThat(holdings().rollback()).isEmpty();
            assertThat(holdings().newestProven()).isEmpty();
        }
    }

    @Nested
    class ASweep {

        @Test
        void waitsForAReaderWhoseNoteCannotBeRead() throws Exception {
            steps(12);
            String read = approved().get(0);
            steps(2);
            String note = "v1/shop/leases/" + read + "/" + "e".repeat(32) + ".json";
            store.objects.put(note, new byte[] {'?'});
            assertThat(retention.sweep().removed()).isNotEmpty().doesNotContain(read);
            assertThat(isStored(read)).isTrue();
            store.objects.remove(note);
            assertThat(retention.sweep().removed()).containsExactly(read);
        }

        @Test
        void isCalledOffWhenTheStoreWasRolledBack() throws Exception {
            steps(12);
            approved();
            steps(2);
            store.objects.keySet().removeIf(name -> name.contains(ids.get(13)));
            SweepReport report = retention.sweep();
            assertThat(report.removed()).isEmpty();
            assertThat(report.waiting()).isNotEmpty().allMatch(why -> why.contains(ids.get(13)));
        }

        @Test
        void sparesWhatNoNewerProvenOneReplaces() throws Exception {
            steps(12);
            assertThat(retention.remove(ids.get(6), "it is in the way", ANN)).isInstanceOf(Approval.Approved.class);
            steps(2);
            // Two that are older have still passed a drill.
            take("proofs", ids.get(8));
            take("proofs", ids.get(11));
            SweepReport report = retention.sweep();
            assertThat(report.removed()).isEmpty();
            assertThat(report.waiting()).singleElement().asString().contains("no newer backup has passed a drill");
            assertThat(isStored(ids.get(6))).isTrue();
        }
    }

    @Nested
    class APlan {

        @Test
        void takesARunningBackupForNoLeftover() throws Exception {
            List<RetentionPlan> plans = new ArrayList<>();
            backups.close();
            open(new DelegatingStore(store) {
                @Override
                public Put putIfAbsent(ObjectName name, Body body) throws IOException {
                    if (name.value().contains("/manifests/")) {
                        plans.add(retention.plan());
                        assertThat(store.objects.keySet()).anyMatch(object -> object.contains("/data/"));
                    }
                    return super.putIfAbsent(name, body);
                }
            });
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            assertThat(plans)
                    .singleElement()
                    .satisfies(plan -> assertThat(plan.leftovers()).isEmpty());
        }

        @Test
        void keepsWhatAnotherKeyOpens() throws Exception {
            steps(12);
            List<String> ofTheOldKey = List.copyOf(ids);
            reopenAfter(() -> KeyProvider.addKey(keyFile()));
            steps(12);
            reopenAfter(() -> KeyProvider.removeOlderKeys(keyFile()));
            List<Entry> entries = retention.plan().entries();
            assertThat(entries).anyMatch(entry -> !entry.stays());
            assertThat(entries)
                    .filteredOn(entry -> ofTheOldKey.contains(entry.candidate().backup()))
                    .hasSize(12)
                    .allMatch(entry -> entry.stays() && entry.reason().equals("no key at hand opens it"));
        }

        private void reopenAfter(Change change) throws IOException {
            backups.close();
            change.make();
            open();
        }
    }

    /** Of the key file. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    @Nested
    class ATombstone {

        @Test
        void ofAnotherStoreOrSourceDoesNotCountThoughItIsSigned() throws Exception {
            steps(3);
            Vault vault = vault();
            assertCounts(true, vault.storeId(), "shop");
            assertCounts(false, "f".repeat(32), "shop");
            assertCounts(false, vault.storeId(), "stock");
        }

        private void assertCounts(boolean counts, String said, String source) throws Exception {
            Vault vault = vault();
            String plan = vault.newId();
            DataKey key = vault.createKey(plan);
            Tombstone.Approval approval = new Tombstone.Approval("ann", time.instant(), 3, true, "a reason");
            Tombstone stone =
                    new Tombstone(said, source, plan, ids.get(0), 1, "0".repeat(64), Optional.empty(), approval);
            SignedFolder.tombstones(vault).write(stone, key);
            assertThat(holdings().tombstones()).hasSize(counts ? 1 : 0);
            assertThat(holdings().alarms().stream().filter(alarm -> alarm.contains("does not count")))
                    .hasSize(counts ? 0 : 1);
            store.delete(vault.layout().tombstone(stone));
        }
    }
}
