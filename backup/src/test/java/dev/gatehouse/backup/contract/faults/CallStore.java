// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of a store and does something at each, before, within or after it. */
class CallStore implements BackupStore {

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
        return around(call -> store.putIfAbsent(name, out -> {
            body.writeTo(out);
            out.flush();
            deed.at(call, Moment.WITHIN);
        }));
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return around(call -> new Watched(store.open(name), call));
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        return around(call -> store.list(folder));
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        return around(call -> store.delete(name));
    }

    private <T> T around(Call<T> call) throws IOException {
        int number = calls.incrementAndGet();
        deed.at(number, Moment.BEFORE);
        T answer = call.run(number);
        deed.at(number, Moment.AFTER);
        return answer;
    }

    /** When, in a call. */
    enum Moment {
        BEFORE,
        /** Within a put, when all was given and nothing is there yet. */
        WITHIN,
        AFTER,
        /** When the first bytes were read of what was opened. */
        READING
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
        T run(int number) throws IOException;
    }

    /** An object that is being read. */
    private final class Watched extends FilterInputStream {
        private final int call;
        private boolean told;

        Watched(InputStream in, int call) {
            super(in);
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (!told && read > 0) {
                told = true;
                deed.at(call, Moment.READING);
            }
            return read;
        }
    }
}
