// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Writes a throwable with its causes and suppressed ones, as the JVM would print it, every message masked. At most 32
 * KiB; at most 100 frames of each throwable and 8 throwables deep, and what is left out is said.
 */
final class StackTraces {

    private static final int BYTES = 32 * 1024;
    private static final int FRAMES = 100;
    private static final int DEPTH = 8;
    private static final int MESSAGE = 2_000;

    private final LineWriter out;
    private final LineBuffer line;
    private final String newline;
    private final String tab;
    private final int limit;

    /** Writes into {@code out}: inside a JSON string, or as text. */
    StackTraces(LineWriter out, boolean json) {
        this.out = out;
        this.line = out.line();
        this.newline = json ? "\\n" : "\n";
        this.tab = json ? "\\t" : "\t";
        this.limit = line.length() + BYTES;
    }

    void write(IThrowableProxy error) {
        write(error, "", "", 0);
    }

    private void write(IThrowableProxy error, String indent, String caption, int depth) {
        line.ascii(indent).ascii(caption);
        header(error);
        if (error.isCyclic() || depth == DEPTH) {
            line.ascii(error.isCyclic() ? " [seen above]" : " [causes beyond this left out]");
            return;
        }
        frames(error, indent);
        for (IThrowableProxy suppressed : orNone(error.getSuppressed())) {
            nested(suppressed, indent + tab, "Suppressed: ", depth);
        }
        IThrowableProxy cause = error.getCause();
        if (cause != null) {
            nested(cause, indent, "Caused by: ", depth);
        }
    }

    private void nested(IThrowableProxy error, String indent, String caption, int depth) {
        if (line.length() < limit) {
            line.ascii(newline);
            write(error, indent, caption, depth + 1);
        }
    }

    // The class apart from the message: its name is no name of a value.
    private void header(IThrowableProxy error) {
        line.text(String.valueOf(error.getClassName()));
        String message = error.getMessage();
        if (message != null) {
            line.ascii(": ");
            out.masked(message, MESSAGE);
        }
    }

    private void frames(IThrowableProxy error, String indent) {
        StackTraceElementProxy[] frames = error.getStackTraceElementProxyArray();
        int all = frames == null ? 0 : frames.length;
        int own = all - error.getCommonFrames();
        int written = 0;
        while (written < Math.min(own, FRAMES) && line.length() < limit) {
            line.ascii(newline).ascii(indent).ascii(tab).ascii("at ");
            frame(frames[written++].getStackTraceElement());
        }
        if (written < all) {
            line.ascii(newline)
                    .ascii(indent)
                    .ascii(tab)
                    .ascii("... ")
                    .number(all - written)
                    .ascii(" more");
        }
    }

    private void frame(StackTraceElement frame) {
        line.text(frame.getClassName()).ascii('.').text(frame.getMethodName()).ascii('(');
        String file = frame.getFileName();
        line.text(frame.isNativeMethod() ? "Native Method" : file == null ? "Unknown Source" : file);
        if (frame.getLineNumber() >= 0) {
            line.ascii(':').number(frame.getLineNumber());
        }
        line.ascii(')');
    }

    private static IThrowableProxy[] orNone(IThrowableProxy @Nullable [] suppressed) {
        return suppressed == null ? new IThrowableProxy[0] : suppressed;
    }
}
