// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * What follows the table of contents of a dump: the rows of each table, and large objects. Rows go to the server by several
 * connections, each row whole through one of them; everything else is left for pg_restore.
 *
 * @param in stands behind the table of contents
 * @param head the table of contents
 * @param rest where pg_restore will look for what is not rows
 */
record DumpRows(DumpInput in, DumpHead head, OutputStream rest) {

    private static final int ROWS = 1;
    private static final int LARGE_OBJECTS = 3;

    /** Reads to the end of the dump. {@code listener} runs after each table. */
    void send(Lanes lanes, Runnable listener) throws IOException {
        Set<Integer> missing = new HashSet<>(head.tables().keySet());
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
            int number = in.integer();
            if (kind == ROWS && missing.remove(number)) {
                table(head.tables().getOrDefault(number, ""), lanes);
                listener.run();
            } else {
                keep(kind, number);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("backup.postgresql: the dump lacks the rows of " + missing.size() + " tables");
        }
    }

    /** Copies what pg_restore is to do. */
    private void keep(int kind, int number) throws IOException {
        if (kind != ROWS && kind != LARGE_OBJECTS) {
            throw new IOException("backup.postgresql: the dump has a block of the unknown kind " + kind);
        }
        rest.write(kind);
        rest.write(in.integer(number));
        in.copyTo(rest);
        if (kind == ROWS) {
            blocks();
        } else {
            while (in.integer() != 0) {
                blocks();
            }
        }
        in.copyNowhere();
    }

    private void blocks() throws IOException {
        for (int length = in.integer(); length != 0; length = in.integer()) {
            in.skip(length);
        }
    }

    private void table(String command, Lanes lanes) throws IOException {
        Rows rows = lanes.take();
        rows.begin(command);
        Lane lane = lanes.least();
        for (int left = in.integer(); left != 0; left = in.integer()) {
            while (left > 0) {
                left -= rows.take(in, left);
                if (rows.isFull()) {
                    lane.send(rows);
                    rows = lanes.take();
                    rows.begin(command);
                }
            }
            // Only between two rows may it go on elsewhere.
            if (rows.isPlenty() && rows.endsRow()) {
                lane.send(rows);
                lane = lanes.least();
                rows = lanes.take();
                rows.begin(command);
            }
        }
        if (rows.isEmpty()) {
            lanes.give(rows);
        } else {
            lane.send(rows);
        }
    }
}
