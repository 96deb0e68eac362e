// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.StoreState;
import dev.gatehouse.backup.crypto.KeyProvider;
import org.junit.jupiter.api.Test;

/** Whoever asks is not allowed to: each reason is an error of its own. */
interface KeysAndCredentials extends FaultRows {

    @Test
    default void tellsAWrongKeyFromDamage() throws Exception {
        FaultBench bench = bench();
        KeyProvider other = KeyProvider.file(bench.folder.resolve("other.key"));
        try (Backups backups = bench.builder().keys(other).build()) {
            assertThat(catchThrowable(() -> backups.restore(bench.backup, bench.target)))
                    .isInstanceOf(BackupException.WrongKey.class)
                    .hasMessageContaining(bench.backup);
            backups.list();
            assertThat(FaultBench.health(backups, "backup").state()).isEqualTo(HealthStatus.State.DOWN);
        }
        assertThat(bench.target).doesNotExist();
        bench.assertClean("wrong key");
        bench.count("wrong key", 1, "an error of its own, red at once, nothing released");
    }

    @Test
    default void showsRefusedCredentialsWithinOneInterval() throws Exception {
        FaultBench bench = bench();
        try (Backups backups = bench.backups(bench.kind.refused(bench.address))) {
            StoreState state = backups.checkStores().get(0);
            assertThat(state.trouble())
                    .hasValueSatisfying(
                            trouble -> assertThat(trouble.kind()).isEqualTo(StoreState.Trouble.Kind.CREDENTIALS));
            assertThat(FaultBench.health(backups, "backup-stores").state()).isEqualTo(HealthStatus.State.DOWN);
            assertThat(backups.backUp().succeeded()).isFalse();
            assertThat(catchThrowable(() -> backups.restore(bench.backup, bench.target)))
                    .isInstanceOf(BackupException.Credentials.class);
        }
        try (Backups backups = bench.backups()) {
            backups.checkStores();
            assertThat(FaultBench.health(backups, "backup-stores").state()).isEqualTo(HealthStatus.State.UP);
        }
        bench.count(
                "credentials expired or refused", 3, "an error of their own, red at the next look, green when renewed");
        bench.assertRestores(bench.backup);
    }
}
