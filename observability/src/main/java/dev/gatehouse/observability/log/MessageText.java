// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;

/** Puts a message and its arguments together without a String in between, as SLF4J would. */
final class MessageText {

    private MessageText() {}

    static void append(Scratch out, ILoggingEvent event) {
        String pattern = event.getMessage();
        @Nullable Object[] arguments = event.getArgumentArray();
        if (pattern == null || arguments == null || arguments.length == 0) {
            out.append(String.valueOf(pattern));
        } else if (pattern.indexOf('\\') >= 0 || hasArray(arguments)) {
            // Escaped anchors and nested arrays have rules of their own: leave them to SLF4J.
            out.append(String.valueOf(event.getFormattedMessage()));
        } else {
            fill(out, pattern, arguments);
        }
    }

    private static void fill(Scratch out, String pattern, @Nullable Object[] arguments) {
        int from = 0;
        int used = 0;
        int anchor = pattern.indexOf("{}");
        while (anchor >= 0 && used < arguments.length) {
            out.append(pattern, from, anchor);
            out.append(string(arguments[used++]));
            from = anchor + 2;
            anchor = pattern.indexOf("{}", from);
        }
        out.append(pattern, from, pattern.length());
    }

    private static boolean hasArray(@Nullable Object[] arguments) {
        for (Object argument : arguments) {
            if (argument != null && argument.getClass().isArray()) {
                return true;
            }
        }
        return false;
    }

    /** The value as text; a {@code toString} that throws costs its value only, never the line. */
    static String string(@Nullable Object value) {
        try {
            return String.valueOf(value == null ? null : value.toString());
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            return "[toString failed: " + e.getClass().getName() + "]";
        }
    }
}
