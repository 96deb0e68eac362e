// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.store.StoreException.Unfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A store that does not do what all the rest relies on is found out before anything is entrusted to it. */
class CanaryTest {

    private final MemoryStore memory = new MemoryStore();

    @Test
    void provesAStoreAgainAndAgain() throws IOException {
        memory.prove();
        memory.prove();
        assertThat(memory.objects).containsOnlyKeys(Canary.NAME.value());
    }

    @Test
    void findsOutAStoreThatOverwrites() {
        BackupStore overwriting = new DelegatingStore(memory) {
            @Override
            public Put putIfAbsent(ObjectName name, Body body) throws IOException {
                memory.objects.remove(name.value());
                return super.putIfAbsent(name, body);
            }
        };
        assertThatThrownBy(overwriting::prove).isInstanceOf(Unfit.class).hasMessageContaining("it overwrites");
    }

    @Test
    void findsOutAStoreThatKeepsSomethingElse() {
        BackupStore forgetful = new DelegatingStore(memory) {
            @Override
            public Put putIfAbsent(ObjectName name, Body body) throws IOException {
                return super.putIfAbsent(name, out -> {});
            }
        };
        assertThatThrownBy(forgetful::prove).isInstanceOf(Unfit.class).hasMessageContaining("does not hold");
    }

    @Test
    void findsOutACanaryOfSomebodyElse() {
        memory.objects.put(Canary.NAME.value(), "another song\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(memory::prove).isInstanceOf(Unfit.class).hasMessageContaining("does not hold");
    }
}
