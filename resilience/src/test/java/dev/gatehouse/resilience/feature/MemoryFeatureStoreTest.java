// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

final class MemoryFeatureStoreTest extends FeatureStoreContract {

    @Override
    FeatureStore fresh() {
        return FeatureStore.inMemory();
    }
}
