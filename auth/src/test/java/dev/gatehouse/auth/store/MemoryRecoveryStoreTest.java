// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

final class MemoryRecoveryStoreTest extends RecoveryStoreContract {

    @Override
    AuthStore fresh() {
        return AuthStore.inMemory();
    }
}
