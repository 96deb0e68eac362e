// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A dump's output. A query that fails in the transaction that holds the snapshot ends the snapshot, of which pg_dump knows
 * only that it is gone: the query is told in its place.
 */
final class Blaming extends FilterInputStream {

    private final Future<?> queries;

    Blaming(InputStream dump, Future<?> queries) {
        super(dump);
        this.queries = queries;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw blamed(e);
        }
    }

    private IOException blamed(IOException dump) {
        if (queries.isDone() && !queries.isCancelled()) {
            try {
                queries.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                return new IOException("backup.postgresql: the facts could not be read: " + e.getCause(), dump);
            }
        }
        return dump;
    }
}
