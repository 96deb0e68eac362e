// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of a store and does something at each, before, within or after it. */
final class CallStore implements BackupStore {

    private final BackupStore store;
    private final Deed deed;
    private final AtomicInteger calls = new AtomicInteger();

    CallStore(BackupStore store, Deed deed) {
        this.store = store;
        this.deed = deed;
    }

    int calls() {
        return calls.get();
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
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        int call = calls.incrementAndGet();
        deed.at(call, Moment.BEFORE);
        Put put = store.putIfAbsent(name, out -> {
            body.writeTo(out);
            out.flush();
            deed.at(call, Moment.WITHIN);
        });
        deed.at(call, Moment.AFTER);
        return put;
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return around(() -> store.open(name));
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        return around(() -> store.list(folder));
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        return around(() -> store.delete(name));
    }

    private <T> T around(Call<T> call) throws IOException {
        int number = calls.incrementAndGet();
        deed.at(number, Moment.BEFORE);
        T answer = call.run();
        deed.at(number, Moment.AFTER);
        return answer;
    }

    /** When, in a call. */
    enum Moment {
        BEFORE,
        WITHIN,
        AFTER
    }

    /** What happens at a call. */
    @FunctionalInterface
    interface Deed {
        void at(int call, Moment moment) throws IOException;

        static Deed none() {
            return (call, moment) -> {};
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }
}
