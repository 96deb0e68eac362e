// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.List;

/** A store that deletes nothing. */
record AppendOnlyStore(BackupStore store) implements BackupStore {

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        return store.putIfAbsent(name, body);
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return store.open(name);
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        return store.list(folder);
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        throw new AccessDeniedException(name.value(), null, "this handle of the store deletes nothing");
    }

    @Override
    public Place place() {
        return store.place();
    }

    @Override
    public void prove() throws IOException {
        store.prove();
    }

    @Override
    public List<BackupStore> copies() {
        return store.copies();
    }

    @Override
    public List<CopyReport> reconcile() {
        return store.reconcile();
    }
}
