// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

final class MemoryHigherLimitStoreTest extends HigherLimitStoreContract {

    @Override
    HigherLimitStore fresh() {
        return HigherLimitStore.inMemory();
    }
}
