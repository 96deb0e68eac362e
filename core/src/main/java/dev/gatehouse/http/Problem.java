// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong, for people and programs (RFC 9457). The request ID is added when the problem is written.
 *
 * @param type what kind of problem; {@code about:blank} when the status says it all
 * @param title a short sentence, the same for every occurrence of the type
 * @param status the HTTP status, 400 to 599
 * @param detail what happened this time; never an internal
 * @param extensions further members of the body: strings, numbers, booleans, lists and maps of these
 * @param headers response headers that belong to the answer, such as {@code Retry-After}
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        Map<String, Object> extensions,
        Map<String, String> headers) {

    /** Validates the status and freezes the maps; the members of the body keep their order. */
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("problem: status was " + status + " but must be 400 to 599");
        }
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions)); // in the order they were added
        headers = Map.copyOf(headers);
    }

    /** A problem that its status describes. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(URI.create("about:blank"), title, status, detail, Map.of(), Map.of());
    }

    /** A copy of this type. */
    public Problem type(URI value) {
        return new Problem(value, title, status, detail, extensions, headers);
    }

    /** A copy with one more member in the body. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(type, title, status, detail, more, headers);
    }

    /** A copy with one more response header. */
    public Problem header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(type, title, status, detail, extensions, more);
    }
}
