// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.store.ObjectName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The store is not as it was left: something was put back, or taken away. */
interface OldStates extends FaultRows {

    String ALARM = "alarm, health down, drill refused";

    @Test
    default void alarmsWhenTheNewestIsDeleted() throws Exception {
        FaultBench bench = bench();
        String newest = bench.make();
        for (ObjectName name : bench.objects()) {
            if (name.value().contains(newest)) {
                bench.store.delete(name);
            }
        }
        assertAlarm(newest);
        bench.count("newest backup deleted", 1, ALARM);
    }

    @Test
    default void alarmsWhenAnOldStateIsPutBack() throws Exception {
        FaultBench bench = bench();
        Map<ObjectName, byte[]> old = bench.content();
        String newest = bench.make();
        bench.putBack(old);
        assertAlarm(newest);
        bench.count("old state of the whole store put back", 1, ALARM);
    }

    @Test
    default void alarmsWhenAnOldManifestIsReplayed() throws Exception {
        FaultBench bench = bench();
        ObjectName manifest = bench.manifest(bench.backup);
        byte[] bytes = bench.bytes(manifest);
        ObjectName forged = new ObjectName(manifest.value().replace("0001-", "0002-"));
        bench.store.putIfAbsent(forged, out -> out.write(bytes));
        assertAlarm(bench.backup);
        bench.count("old manifest replayed under a new number", 1, ALARM);
    }

    private void assertAlarm(String id) throws Exception {
        try (Backups backups = bench().backups()) {
            backups.list();
            HealthStatus health = FaultBench.health(backups, "backup");
            assertThat(health.state()).isEqualTo(HealthStatus.State.DOWN);
            assertThat(health.detail()).contains(id);
            assertThat(backups.drill(Optional.empty()).succeeded()).isFalse();
        }
    }
}
