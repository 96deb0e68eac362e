// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import dev.gatehouse.backup.store.HighWaterMark.Mark;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mark as a line of text. */
final class MarkLine {

    private static final Pattern LINE =
            Pattern.compile("gatehouse-backup-mark 1 ([0-9]{1,18}) ([0-9a-f]{32}) ([0-9a-f]{64})\n");

    private MarkLine() {}

    static String of(Mark mark) {
        return "gatehouse-backup-mark 1 " + mark.sequence() + " " + mark.backup() + " " + mark.manifestSha256() + "\n";
    }

    /** A mark that cannot be read is an error, never no mark: that would silence the alarm it is there for. */
    static Mark parse(String place, String text) throws IOException {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IOException("backup.marks: " + place + " is damaged; look for a deleted backup, then remove it");
        }
        return new Mark(Long.parseLong(line.group(1)), line.group(2), line.group(3));
    }
}
