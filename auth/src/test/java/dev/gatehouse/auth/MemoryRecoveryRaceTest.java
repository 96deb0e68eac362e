// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;

final class MemoryRecoveryRaceTest extends RecoveryRaceContract {

    @Override
    AuthStore fresh() {
        return AuthStore.inMemory();
    }
}
