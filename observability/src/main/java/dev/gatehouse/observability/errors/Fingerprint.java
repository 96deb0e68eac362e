// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What two errors of the same cause have in common: the classes of the chain of causes and the innermost frames'
 * classes and methods. Messages and line numbers are left out, for they change while the cause does not.
 */
final class Fingerprint {

    private static final int CAUSES = 5;
    private static final int FRAMES = 4;

    private Fingerprint() {}

    static String of(Throwable error) {
        StringBuilder key = new StringBuilder(512);
        @Nullable Throwable cause = error;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            append(key, cause);
            cause = cause.getCause();
        }
        return hash(key.toString());
    }

    private static void append(StringBuilder key, Throwable error) {
        key.append(stable(error.getClass().getName()));
        StackTraceElement[] frames = error.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            key.append('\n')
                    .append(stable(frames[i].getClassName()))
                    .append('.')
                    .append(frames[i].getMethodName());
        }
        key.append('\n');
    }

    // Hidden classes, proxies and lambdas carry a number or address that differs from run to run.
    private static String stable(String className) {
        int cut = className.indexOf("$$");
        int slash = className.indexOf('/');
        int end = cut < 0 ? slash : slash < 0 ? cut : Math.min(cut, slash);
        return end < 0 ? className : className.substring(0, end);
    }

    /** The first sixteen hex digits of the key's SHA-256. */
    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
