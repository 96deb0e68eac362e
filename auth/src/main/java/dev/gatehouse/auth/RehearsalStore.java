// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import java.util.function.Function;

/** The real store within one transaction that is never kept, so that whole flows can be rehearsed on it. */
record RehearsalStore(AuthUnit unit) implements AuthStore {

    @Override
    public <T> T transact(Function<AuthUnit, T> work) {
        return work.apply(unit);
    }

    @Override
    public <T> T read(Function<AuthUnit, T> work) {
        return work.apply(unit);
    }

    @Override
    public <T> T rehearse(Function<AuthUnit, T> work) {
        return work.apply(unit);
    }

    @Override
    public void verifySchema() {}
}
