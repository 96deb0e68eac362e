// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Retention;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.retention.Approval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What is done with a store, and what must hold when it was cut short anywhere and done again. */
enum Operation {
    /** Makes a backup. */
    BACKUP {
        @Override
        boolean run(Backups backups, String backup, Path target) throws Exception {
            return backups.backUp().succeeded();
        }
    },
    /** Restores one. */
    RESTORE {
        @Override
        boolean run(Backups backups, String backup, Path target) throws Exception {
            // Cut short after its end, it is there, and whole.
            if (!Files.exists(target)) {
                backups.restore(backup, target);
            }
            return true;
        }

        @Override
        void judge(FaultBench bench, String fault) throws IOException {
            assertThat(bench.target.resolve(BytesSource.PART)).as(fault).hasBinaryContent(FaultBench.CONTENT);
            Local.clear(bench.target);
            Files.delete(bench.target);
        }
    },
    /** Restores one to a fresh place and examines it. */
    DRILL {
        @Override
        boolean run(Backups backups, String backup, Path target) throws Exception {
            return backups.drill(Optional.of(backup)).succeeded();
        }
    },
    /** Wraps the keys of three backups with a new key. */
    REWRAP {
        @Override
        void prepare(FaultBench bench) throws Exception {
            bench.make();
            bench.make();
            KeyProvider.addKey(bench.folder.resolve("backup.key"));
        }

        @Override
        boolean run(Backups backups, String backup, Path target) throws IOException {
            return backups.rewrapKeys().complete();
        }

        @Override
        void judge(FaultBench bench, String fault) throws Exception {
            KeyProvider.removeOlderKeys(bench.folder.resolve("backup.key"));
            assertThat(bench.objects().stream().filter(name -> name.value().startsWith("v1/keys/")))
                    .as(fault)
                    .hasSize(3);
        }
    },
    /** Approves that the oldest of three goes. */
    APPROVAL {
        @Override
        void prepare(FaultBench bench) throws Exception {
            prove(bench, bench.make(), bench.make());
        }

        @Override
        boolean run(Backups backups, String backup, Path target) throws IOException {
            Approval approval = retention(backups).remove(backup, "to see it go", Actor.account("ann"));
            return approval instanceof Approval.Approved || approval.toString().contains("approved to go already");
        }
    },
    /** Removes what was approved to go. */
    SWEEP {
        @Override
        void prepare(FaultBench bench) throws Exception {
            APPROVAL.prepare(bench);
            try (Backups backups = bench.backups()) {
                assertThat(APPROVAL.run(backups, bench.backup, bench.target)).isTrue();
            }
            bench.make();
            bench.time.advance(Duration.ofHours(25));
        }

        @Override
        boolean run(Backups backups, String backup, Path target) throws IOException {
            return retention(backups).sweep().waiting().isEmpty();
        }

        @Override
        void judge(FaultBench bench, String fault) throws IOException {
            assertThat(bench.objects()).as(fault).noneMatch(name -> name.value().contains(bench.backup));
        }
    };

    /** Brings the store into the state in which this begins. */
    void prepare(FaultBench bench) throws Exception {}

    /** Does it; whether it came to its end. */
    abstract boolean run(Backups backups, String backup, Path target) throws Exception;

    /** What is its own to hold after it was done again. */
    void judge(FaultBench bench, String fault) throws Exception {}

    private static void prove(FaultBench bench, String... ids) throws Exception {
        try (Backups backups = bench.backups()) {
            for (String id : Set.of(ids)) {
                assertThat(backups.drill(Optional.of(id)).succeeded()).isTrue();
            }
        }
    }

    private static Retention retention(Backups backups) {
        return backups.retention().orElseThrow();
    }
}
