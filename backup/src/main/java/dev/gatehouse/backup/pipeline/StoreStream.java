// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from the store whose failures can be told from those of what is read through it. */
final class StoreStream extends FilterInputStream {

    StoreStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    /** The store failed. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        Failure(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
