// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a raw path into decoded segments, or refuses it. Refused is every path that two readers may understand in two
 * ways: empty and dot segments, path parameters, backslashes, encoded separators and control characters, malformed
 * percent-encoding, and what is not strict UTF-8.
 */
final class PathSegments {

    /** Longer paths are refused, which bounds every variable too. */
    static final int LONGEST = 2048;

    /** What a refused path has; a sound one has at least one segment. */
    private static final String[] REFUSED = {};

    private static final String UNSOUND = "/\\;";

    private PathSegments() {}

    /** The segments, decoded; the last is empty when the path ends with a slash. None when the path is refused. */
    static String[] of(String path) {
        if (!path.startsWith("/")) {
            return REFUSED;
        }
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String segment = segment(path.substring(from, to));
            if (segment == null || (segment.isEmpty() && slash >= 0)) {
                return REFUSED;
            }
            segments.add(segment);
            from = to + 1;
        }
        return segments.toArray(REFUSED);
    }

    private static @Nullable String segment(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || UNSOUND.indexOf(c) >= 0) {
                return null;
            }
        }
        String decoded = raw.indexOf('%') < 0 ? raw : decode(raw);
        return decoded == null || decoded.equals(".") || decoded.equals("..") ? null : decoded;
    }

    private static @Nullable String decode(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int value = raw.charAt(i);
            if (value == '%') {
                value = i + 2 < raw.length() ? hexPair(raw, i + 1) : -1;
                i += 2;
            }
            if (value < 0) {
                return null;
            }
            bytes.put((byte) value);
        }
        return strict(bytes.flip());
    }

    private static int hexPair(String raw, int at) {
        int high = HeaderText.hexDigit(raw.charAt(at));
        int low = HeaderText.hexDigit(raw.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static @Nullable String strict(ByteBuffer bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            for (int i = 0; i < text.length(); i++) {
                if (Character.isISOControl(text.charAt(i)) || UNSOUND.indexOf(text.charAt(i)) >= 0) {
                    return null;
                }
            }
            return text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
