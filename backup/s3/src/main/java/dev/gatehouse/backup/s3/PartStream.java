// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Gathers one part in memory and sends it when it is full; an object of a single part is put at once. */
final class PartStream extends OutputStream {

    private static final int FIRST = 1 << 16;

    private final Uploads uploads;
    private final ObjectName name;
    private final int partBytes;
    private final String mark;
    private final Crc whole = new Crc();
    private final List<CompletedPart> parts = new ArrayList<>();
    private Optional<String> upload = Optional.empty();
    private byte[] part;
    private int filled;

    PartStream(Uploads uploads, ObjectName name, int partBytes) {
        this.uploads = uploads;
        this.name = name;
        this.partBytes = partBytes;
        this.mark = uploads.newMark();
        this.part = new byte[Math.min(FIRST, partBytes)];
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == partBytes) {
                send();
            }
            int more = Math.min(left, partBytes - filled);
            makeRoom(filled + more);
            System.arraycopy(bytes, from, part, filled, more);
            filled += more;
            from += more;
            left -= more;
        }
        whole.add(bytes, offset, length);
    }

    private void makeRoom(int needed) {
        if (needed > part.length) {
            long doubled = Math.max(needed, 2L * part.length);
            part = Arrays.copyOf(part, (int) Math.min(partBytes, doubled));
        }
    }

    private void send() throws IOException {
        if (upload.isEmpty()) {
            upload = Optional.of(uploads.create(name, mark));
        }
        parts.add(uploads.part(name, upload.get(), parts.size() + 1, part, filled));
        filled = 0;
    }

    /** Makes the object of what was written. */
    Put finish() throws IOException {
        if (upload.isEmpty()) {
            return uploads.put(name, part, filled);
        }
        send();
        Put put = uploads.complete(name, mark, upload.get(), parts, whole);
        if (put == Put.EXISTS) {
            abandon();
        }
        return put;
    }

    /** Leaves nothing of what was sent. */
    void abandon() {
        upload.ifPresent(id -> uploads.abort(name, id));
        upload = Optional.empty();
    }
}
