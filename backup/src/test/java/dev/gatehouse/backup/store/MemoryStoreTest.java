// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import dev.gatehouse.backup.contract.BackupStoreContract;
import dev.gatehouse.backup.contract.MemoryStore;

class MemoryStoreTest extends BackupStoreContract {

    @Override
    protected BackupStore newStore() {
        return new MemoryStore();
    }
}
