// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

final class MemoryKeyStoreTest extends KeyStoreContract {

    @Override
    AuthStore fresh() {
        return AuthStore.inMemory();
    }
}
