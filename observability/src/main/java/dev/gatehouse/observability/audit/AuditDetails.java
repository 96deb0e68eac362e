// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.audit;

import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.observability.log.Masking;
import java.util.Map;
import java.util.TreeMap;

/**
 * The details of an event as a JSON object that fits its column: at most 32 members, in the order of their names, names
 * of at most 64 and values of at most 512 characters, what looks like a secret masked. What was cut ends with an
 * ellipsis.
 */
final class AuditDetails {

    private static final int MEMBERS = 32;
    private static final int NAME = 64;
    private static final int VALUE = 512;

    private AuditDetails() {}

    static String toJson(Map<String, String> details) {
        JsonWriter json = new JsonWriter().beginObject();
        new TreeMap<>(details)
                .entrySet().stream()
                        .limit(MEMBERS)
                        .forEach(entry -> json.field(
                                cut(entry.getKey(), NAME),
                                cut(Masking.value(entry.getKey(), entry.getValue()), VALUE)));
        return json.endObject().toString();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
