// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.util.function.Function;

/** A store that can go down, and be exchanged for another. */
final class SwitchedStore implements HigherLimitStore {

    HigherLimitStore store;
    boolean down;

    SwitchedStore(HigherLimitStore store) {
        this.store = store;
    }

    @Override
    public <T> T transact(Function<HigherLimitUnit, T> work) {
        if (down) {
            throw new HigherLimitStoreException(new IllegalStateException("down"));
        }
        return store.transact(work);
    }

    @Override
    public <T> T rehearse(Function<HigherLimitUnit, T> work) {
        return store.rehearse(work);
    }

    @Override
    public void verifySchema() {
        store.verifySchema();
    }
}
