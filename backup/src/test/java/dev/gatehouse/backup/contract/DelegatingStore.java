// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Another store in all but what a test overrides. */
public abstract class DelegatingStore implements BackupStore {

    private final BackupStore store;

    /** What {@code store} is but for what is overridden. */
    protected DelegatingStore(BackupStore store) {
        this.store = store;
    }

    /** Makes one of the calls below. */
    protected <T> T call(Call<T> call) throws IOException {
        return call.make();
    }

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        return call(() -> store.putIfAbsent(name, body));
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return call(() -> store.open(name));
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        return call(() -> store.list(folder));
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        return call(() -> store.delete(name));
    }

    /**
     * A call of a store.
     *
     * @param <T> its answer
     */
    @FunctionalInterface
    protected interface Call<T> {
        /** Makes it. */
        T make() throws IOException;
    }
}
