// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.HighWaterMarkContract;
import dev.gatehouse.backup.contract.MemoryStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoredMarksTest extends HighWaterMarkContract {

    private static final String STORE = "7".repeat(32);

    private final MemoryStore store = new MemoryStore();

    @Override
    protected HighWaterMark marks() {
        return HighWaterMark.in(store);
    }

    @Test
    void keepsTheHigherOfTwoWritersWhoDoNotSeeEachOther() throws IOException {
        marks().raise(STORE, "shop", mark(9));
        store.objects.put(
                "marks/" + STORE + "/shop/" + "%020d".formatted(8),
                MarkLine.of(mark(8)).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(marks().read(STORE, "shop")).contains(mark(9));
    }

    @Test
    void refusesADamagedMarkInsteadOfForgettingIt() throws IOException {
        marks().raise(STORE, "shop", mark(4));
        store.bytes(store.objects.firstKey())[0] ^= 1;
        assertThatThrownBy(() -> marks().read(STORE, "shop")).hasMessageContaining("damaged");
    }
}
