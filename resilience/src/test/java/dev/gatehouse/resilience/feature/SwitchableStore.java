// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.util.function.Function;

/** A store in memory that may be away. */
final class SwitchableStore implements FeatureStore {

    private final FeatureStore kept = FeatureStore.inMemory();
    boolean fail;

    @Override
    public <T> T transact(Function<FeatureUnit, T> work) {
        if (fail) {
            throw new FeatureStoreException(new IllegalStateException("connection refused"));
        }
        return kept.transact(work);
    }

    @Override
    public void verifySchema() {
        kept.verifySchema();
    }
}
