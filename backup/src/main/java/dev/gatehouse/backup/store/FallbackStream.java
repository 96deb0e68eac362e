// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an object from the first copy that has it, and goes on from the next where one breaks off. */
final class FallbackStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackStream.class);

    private final ObjectName name;
    private final Iterator<BackupStore> others;
    private InputStream in;
    private long position;

    private FallbackStream(ObjectName name, Iterator<BackupStore> others) throws IOException {
        this.name = name;
        this.others = others;
        BackupStore first = others.next();
        InputStream opened;
        try {
            opened = first.open(name);
        } catch (IOException e) {
            opened = next(e);
        }
        this.in = opened;
    }

    static InputStream open(List<BackupStore> copies, ObjectName name) throws IOException {
        return new FallbackStream(name, copies.iterator());
    }

    /** The next copy's stream at the same position; when none is left, the failure that led here. */
    private InputStream next(IOException failure) throws IOException {
        while (others.hasNext()) {
            BackupStore copy = others.next();
            try {
                InputStream opened = at(copy.open(name));
                LOG.warn("{} is read from {} instead: {}", name, copy.place().name(), failure.toString());
                return opened;
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    private InputStream at(InputStream opened) throws IOException {
        try {
            opened.skipNBytes(position);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int read = in.read(buffer, offset, length);
                position += Math.max(0, read);
                return read;
            } catch (IOException e) {
                closeQuietly(e);
                in = next(e);
            }
        }
    }

    private void closeQuietly(IOException failure) {
        try {
            in.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
