// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import dev.gatehouse.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the table of variables in a documentation file true. The file holds the table between the lines
 * {@code <!-- settings -->} and {@code <!-- /settings -->}; with {@code -Dgatehouse.docs.update=true} a test writes it
 * there instead of failing.
 */
public final class DocumentedSettings {

    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->";

    private DocumentedSettings() {}

    /** Fails unless {@code file} shows exactly the table of {@code config}. */
    public static void assertUpToDate(Path file, Config<?> config) {
        assertUpToDate(file, config, Boolean.getBoolean("gatehouse.docs.update"));
    }

    static void assertUpToDate(Path file, Config<?> config, boolean update) {
        try {
            String text = Files.readString(file).replace("\r\n", "\n");
            String wanted = withTable(file, text, config.markdown());
            if (update) {
                Files.writeString(file, wanted);
            } else if (!text.equals(wanted)) {
                throw new AssertionError(file + ": the table of settings was out of date but must be\n"
                        + config.markdown() + "Run the test with -Dgatehouse.docs.update=true to write it.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withTable(Path file, String text, String table) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new AssertionError(file + ": has no region between " + BEGIN.strip() + " and " + END);
        }
        return text.substring(0, begin + BEGIN.length()) + table + text.substring(end);
    }
}
