// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

class MemoryStoreTest extends BackupStoreContract {

    @Override
    BackupStore newStore() {
        return new MemoryStore();
    }
}
