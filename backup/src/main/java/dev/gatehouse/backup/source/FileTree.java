// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The archive of a tree of files, as docs/backup-format.md specifies it: a magic word, an entry for each folder and each
 * regular file in ascending order, and an end that counts them.
 */
public final class FileTree {

    /** What the name of a part ends with that holds such an archive. */
    public static final String SUFFIX = ".tree";

    static final byte[] MAGIC = "GHTREE1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte FOLDER = 'D';
    static final byte FILE = 'F';
    static final byte END = 'E';
    static final byte SAME = 0;
    static final byte CHANGED = 1;

    static final int MOST_ENTRIES = 5_000_000;
    static final int DEEPEST = 100;
    static final int LONGEST_PATH = 4_096;
    static final int LONGEST_NAME = 255;
    static final int BLOCK = 1 << 16;

    /** Of names in one folder: by their bytes in UTF-8. */
    static final Comparator<String> ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private FileTree() {}

    /**
     * Unpacks an archive into a new folder, with permissions and times as they were. Refuses an archive that names
     * anything twice, out of order, outside of the folder or below what is not a folder, that is cut, or goes on after
     * its end; what it made until then stays and is the caller's to remove.
     */
    public static void unpack(Path archive, Path folder) throws IOException {
        TreeUnpacker.unpack(archive, folder);
    }

    /** Whether {@code name} is one that an entry may have below its folder. */
    static boolean isName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0
                && bytes <= LONGEST_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf(0) < 0;
    }

    /** An archive that is not one, or not of this version. */
    public static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message, @Nullable Throwable cause) {
            super("backup.files: the archive " + message, cause);
        }
    }
}
