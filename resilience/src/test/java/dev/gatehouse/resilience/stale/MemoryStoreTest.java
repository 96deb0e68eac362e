// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

final class MemoryStoreTest extends StaleStoreContract {

    private final StaleStore store = StaleStore.inMemory();

    @Override
    StaleStore store() {
        return store;
    }
}
