// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

final class MemoryAuthStoreTest extends AuthStoreContract {

    @Override
    AuthStore fresh() {
        return AuthStore.inMemory();
    }
}
