// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;

/** Some rows of one table on their way to the server, in the text format of COPY. Used by one thread at a time. */
final class Rows {

    private static final int BYTES = 1 << 18;

    private final byte[] bytes = new byte[BYTES];
    private int length;
    private String command = "";

    /** Empties it, for rows that {@code command} takes. */
    void begin(String command) {
        this.command = command;
        this.length = 0;
    }

    /** Takes as many of {@code most} bytes as there are at once and as it has room for. */
    int take(DumpInput in, int most) throws IOException {
        int taken = in.some(bytes, length, Math.min(most, BYTES - length));
        length += taken;
        return taken;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isFull() {
        return length == BYTES;
    }

    /** Whether it is worth sending. */
    boolean isPlenty() {
        return length > BYTES - BYTES / 4;
    }

    /**
     * Whether its last row is whole, and another one may follow: a line feed within a row is written otherwise. Behind the
     * mark of the end there are empty lines, which would be rows to whoever has not seen the mark.
     */
    boolean endsRow() {
        return length > 0 && bytes[length - 1] == '\n' && !isMark(length - 3) && !isMark(length - 4);
    }

    private boolean isMark(int at) {
        return at >= 0 && bytes[at] == '\\' && bytes[at + 1] == '.' && bytes[at + 2] == '\n';
    }

    String command() {
        return command;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
