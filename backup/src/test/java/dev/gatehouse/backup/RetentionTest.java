// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditEvent.Outcome;
import dev.gatehouse.backup.format.Leases;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.PendingRemoval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import dev.gatehouse.backup.retention.SweepReport;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.insight.Panel.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RetentionTest extends RetentionFixture {

    @Nested
    class APlan {

        @Test
        void namesWhatGoesAndWhyEachOtherStays() throws Exception {
            steps(12);
            RetentionPlan plan = retention.plan();
            assertThat(plan.entries()).hasSize(12);
            assertThat(plan.provenBy().orElseThrow().backup()).isEqualTo(ids.get(11));
            assertThat(plan.removals())
                    .extracting(entry -> entry.candidate().backup())
                    .contains(ids.get(0));
            assertThat(plan.entries()).allMatch(entry -> !entry.reason().isBlank());
        }

        @Test
        void changesNothing() throws Exception {
            steps(12);
            List<String> before = List.copyOf(store.objects.keySet());
            retention.plan();
            retention.sweep();
            assertThat(store.objects.keySet()).containsExactlyElementsOf(before);
        }

        @Test
        void isEmptyAsLongAsNothingWasDrilled() throws Exception {
            for (int i = 0; i < 12; i++) {
                backups.backUp();
                time.advance(STEP);
            }
            assertThat(retention.plan().removals()).isEmpty();
        }

        @Test
        void isEmptyWhenTheStoreWasRolledBack() throws Exception {
            steps(12);
            store.objects.keySet().removeIf(name -> name.contains(ids.get(11)));
            assertThat(retention.plan().removals()).isEmpty();
        }
    }

    @Nested
    class AnApproval {

        @Test
        void holdsForTheStateThatWasPlannedOnly() throws Exception {
            steps(12);
            RetentionPlan plan = retention.plan();
            backups.backUp();
            assertThat(retention.approve(plan, ANN)).isInstanceOf(Approval.Refused.class);
            assertThat(audit.events()).extracting(AuditEvent::action).contains("backup.removal.refused");
            assertThat(store.objects.keySet()).noneMatch(name -> name.contains("/tombstones/"));
        }

        @Test
        void holdsForNothingThatWasNotPlanned() throws Exception {
            steps(12);
            RetentionPlan plan = retention.plan();
            List<Entry> all = plan.entries().stream()
                    .map(entry -> new Entry(entry.candidate(), false, "because I say so"))
                    .toList();
            RetentionPlan forged = new RetentionPlan(plan.state(), all, List.of(), List.of(), plan.provenBy());
            assertThat(retention.approve(forged, ANN)).isInstanceOf(Approval.Refused.class);
        }

        @Test
        void isAuditedBeforeItIsWritten() throws Exception {
            steps(12);
            List<String> gone = approved();
            AuditEvent event = audit.events().get(audit.events().size() - 1);
            assertThat(event.action()).isEqualTo("backup.removal.approved");
            assertThat(event.actor()).isEqualTo(ANN);
            assertThat(event.details().get("backups")).contains(gone.get(0));
        }

        @Test
        void isGivenOnce() throws Exception {
            steps(12);
            RetentionPlan plan = retention.plan();
            assertThat(retention.approve(plan, ANN)).isInstanceOf(Approval.Approved.class);
            List<String> stored = List.copyOf(store.objects.keySet());
            assertThat(retention.approve(plan, ANN)).isInstanceOf(Approval.Refused.class);
            assertThat(store.objects.keySet()).containsExactlyElementsOf(stored);
        }

        @Test
        void isShownUntilItIsTakenBack() throws Exception {
            steps(12);
            List<String> gone = approved();
            assertThat(retention.pending())
                    .extracting(PendingRemoval::backup)
                    .containsExactlyInAnyOrderElementsOf(gone);
            PendingRemoval first = retention.pending().get(0);
            assertThat(first.by()).isEqualTo("account:ann");
            assertThat(first.notBefore()).isEqualTo(first.approvedAt().plus(DAY));
            retention.spare(first.backup(), ANN);
            assertThat(retention.pending()).doesNotContain(first).hasSize(gone.size() - 1);
        }

        @Test
        void ofThePanelIsOfThePlanThatItShows() throws Exception {
            steps(12);
            Panel panel = new BackupGate(backups).panels().get(0);
            action(panel, "plan-removal").handler().run(ANN);
            Action approve = action(panel, "approve-removal");
            backups.backUp();
            assertThat(approve.handler().run(ANN)).contains("the store has changed since this plan was made");
            action(panel, "plan-removal").handler().run(ANN);
            assertThat(panel.actions()).extracting(Action::name).doesNotContain(approve.name());
            assertThat(action(panel, "approve-removal").handler().run(ANN)).endsWith("backups go");
        }

        private Action action(Panel panel, String name) {
            return panel.actions().stream()
                    .filter(each -> each.name().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void canBeTakenBack() throws Exception {
            steps(12);
            String spared = approved().get(0);
            assertThat(retention.spare(spared, ANN)).isTrue();
            steps(2);
            assertThat(retention.sweep().removed()).isNotEmpty().doesNotContain(spared);
            assertThat(isStored(spared)).isTrue();
        }
    }

    @Nested
    class ARemoval {

        @Test
        void waitsForADayAndForANewerBackup() throws Exception {
            steps(12);
            List<String> gone = approved();
            assertThat(retention.sweep().removed()).isEmpty();

            backups.backUp();
            time.advance(DAY.minusSeconds(1));
            assertThat(retention.sweep().removed()).isEmpty();

            time.advance(Duration.ofSeconds(1));
            assertThat(retention.sweep().removed()).containsExactlyInAnyOrderElementsOf(gone);
            assertThat(gone).noneMatch(RetentionTest.this::isStored);
        }

        @Test
        void isNotBroughtAboutByAClockAlone() throws Exception {
            steps(12);
            List<String> gone = approved();
            time.stepClock(Duration.ofDays(3650));
            SweepReport report = retention.sweep();
            assertThat(report.removed()).isEmpty();
            assertThat(report.waiting()).hasSameSizeAs(gone).allMatch(why -> why.contains("a newer backup"));
        }

        @Test
        void leavesNothingButItsTombstone() throws Exception {
            steps(12);
            List<String> gone = approved();
            steps(2);
            retention.sweep();
            assertThat(gone).noneMatch(RetentionTest.this::hasObjects);
            assertThat(alarms()).isEmpty();
            assertThat(retention.sweep().removed()).isEmpty();
            assertThat(audit.events())
                    .filteredOn(event -> event.action().equals("backup.removed"))
                    .hasSize(1);
        }

        @Test
        void isFinishedWhenItWasCutShort() throws Exception {
            steps(12);
            List<String> gone = approved();
            steps(2);
            store.objects.keySet().removeIf(name -> name.contains("/manifests/") && name.contains(gone.get(0)));
            assertThat(retention.sweep().removed()).contains(gone.get(0));
            assertThat(hasObjects(gone.get(0))).isFalse();
        }

        @Test
        void waitsForWhoeverReadsTheBackup() throws Exception {
            steps(12);
            String read = approved().get(0);
            steps(2);
            Leases leases = leases();
            Leases.Lease lease = leases.take(read);
            try {
                assertThat(leases.isHeld(read)).isTrue();
                assertThat(retention.sweep().waiting())
                        .anyMatch(why -> why.contains(read) && why.contains("being read"));
                assertThat(backups.restore(read, folder.resolve("restored")).backup())
                        .isEqualTo(read);
            } finally {
                lease.close();
            }
            assertThat(isStored(read)).isTrue();
            // The restore could not take its own note away, with credentials that cannot delete: it ends by itself.
            steps(1);
            retention.sweep();
            assertThat(isStored(read)).isFalse();
        }

        @Test
        void waitsTwoDaysForAReaderThatDied() throws Exception {
            steps(12);
            String read = approved().get(0);
            leases().take(read);
            backups.backUp();
            time.advance(DAY.multipliedBy(2).minusSeconds(1));
            retention.sweep();
            assertThat(isStored(read)).isTrue();
            time.advance(Duration.ofSeconds(1));
            retention.sweep();
            assertThat(isStored(read)).isFalse();
        }

        private Leases leases() throws IOException {
            return new Leases(vault(), time);
        }

        @Test
        void isCalledOffWhenTheLastGoodOneTurnsOutDamaged() throws Exception {
            steps(12);
            approved();
            steps(2);
            store.objects.keySet().removeIf(name -> name.contains("/data/" + ids.get(11)));
            SweepReport report = retention.sweep();
            assertThat(report.removed()).isEmpty();
            assertThat(report.waiting()).allMatch(why -> why.contains(ids.get(11)));
        }

        @Test
        void isCalledOffWhenTooFewOthersHavePassedADrill() throws Exception {
            steps(12);
            approved();
            steps(2);
            store.objects.keySet().removeIf(name -> name.contains("/proofs/") && !name.contains(ids.get(11)));
            SweepReport report = retention.sweep();
            assertThat(report.removed()).isEmpty();
            assertThat(report.waiting()).isNotEmpty().allMatch(why -> why.contains("only 1 of 2"));
        }

        @Test
        void doesNotEndTheChain() throws Exception {
            steps(12);
            approved();
            steps(2);
            retention.sweep();
            assertThat(alarms()).isEmpty();
            steps(1);
            assertThat(alarms()).isEmpty();
        }
    }

    @Nested
    class TheLastGoodOne {

        @Test
        void isNeverRemoved() throws Exception {
            steps(12);
            assertThat(retention.remove(ids.get(11), "it is in the way", ANN)).isInstanceOf(Approval.Refused.class);
            assertThat(isStored(ids.get(11))).isTrue();
            AuditEvent event = audit.events().get(audit.events().size() - 1);
            assertThat(event.action()).isEqualTo("backup.removal.refused");
            assertThat(event.outcome()).isEqualTo(Outcome.DENIED);
            assertThat(event.details()).containsEntry("backups", ids.get(11));
        }

        @Test
        void isNotRemovedByRemovingAllOthersFirst() throws Exception {
            steps(9);
            for (String id : ids) {
                retention.remove(id, "tidying up", ANN);
            }
            steps(3);
            retention.sweep();
            assertThat(ids.stream().filter(RetentionTest.this::isStored).toList())
                    .contains(ids.get(5), ids.get(8));
        }

        @Test
        void anOlderOneMayGoBeforeItsTime() throws Exception {
            steps(9);
            assertThat(retention.remove(ids.get(0), "a customer's right to be forgotten", ANN))
                    .isEqualTo(new Approval.Approved(List.of(ids.get(0))));
        }
    }

    @Nested
    class TheChain {

        private List<String> gone;

        @BeforeEach
        void remove() throws Exception {
            steps(12);
            gone = approved();
            steps(2);
            retention.sweep();
        }

        @Test
        void seesWhatNobodyApproved() throws Exception {
            String victim = ids.get(10);
            store.objects.keySet().removeIf(name -> name.contains(victim));
            assertThat(alarms()).anyMatch(alarm -> alarm.contains(ids.get(11)));
        }

        @Test
        void seesAForgedTombstone() throws Exception {
            String victim = ids.get(10);
            String stone = "v1/shop/tombstones/%020d";
            byte[] real = store.bytes(stone.formatted(1 + ids.indexOf(gone.get(0))));
            String forged = new String(real, StandardCharsets.UTF_8).replace(gone.get(0), victim);
            store.objects.keySet().removeIf(name -> name.contains(victim));
            store.objects.put(stone.formatted(11), forged.getBytes(StandardCharsets.UTF_8));
            assertThat(alarms())
                    .anyMatch(alarm -> alarm.contains("tombstones"))
                    .anyMatch(alarm -> alarm.contains(ids.get(11)));
        }

        @Test
        void seesATombstoneThatWasTakenAway() throws Exception {
            String last = "v1/shop/tombstones/%020d"
                    .formatted(gone.stream().mapToInt(ids::indexOf).max().orElseThrow() + 1);
            assertThat(store.objects.remove(last)).isNotNull();
            assertThat(alarms()).isNotEmpty();
        }

        @Test
        void keepsNoMoreTombstonesThanItNeeds() throws Exception {
            retention.sweep();
            assertThat(store.objects.keySet().stream().filter(name -> name.contains("/tombstones/")))
                    .hasSize(1);
            assertThat(alarms()).isEmpty();
        }
    }

    @Nested
    class WhatWasNeverFinished {

        private final String id = "e".repeat(32);

        @BeforeEach
        void leave() throws Exception {
            steps(6);
            store.objects.put("v1/keys/" + id + ".wrapped", new byte[50]);
            store.objects.put("v1/shop/data/" + id + "/data.bin.0.zst.aead", new byte[50]);
        }

        @Test
        void goesByTheSameTwoPhases() throws Exception {
            assertThat(retention.plan().leftovers()).containsExactly(id);
            assertThat(approved()).containsExactly(id);
            time.advance(DAY.multipliedBy(2));
            assertThat(retention.sweep().removed()).isEmpty();
            steps(1);
            assertThat(retention.sweep().removed()).containsExactly(id);
            retention.sweep();
            assertThat(hasObjects(id)).isFalse();
            assertThat(store.objects.keySet()).noneMatch(name -> name.contains("/tombstones/"));
        }

        @Test
        void staysWhenItIsFinishedAfterAll() throws Exception {
            assertThat(approved()).containsExactly(id);
            byte[] manifest = store.bytes("v1/shop/manifests/%020d-%s.json.aead".formatted(6, ids.get(5)));
            store.objects.put("v1/shop/manifests/%020d-%s.json.aead".formatted(7, id), manifest);
            time.advance(DAY.multipliedBy(3));
            retention.sweep();
            assertThat(hasObjects(id)).isTrue();
        }
    }
}
