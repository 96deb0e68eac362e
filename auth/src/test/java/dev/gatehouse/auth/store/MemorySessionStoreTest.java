// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

final class MemorySessionStoreTest extends SessionStoreContract {

    @Override
    AuthStore fresh() {
        return AuthStore.inMemory();
    }
}
