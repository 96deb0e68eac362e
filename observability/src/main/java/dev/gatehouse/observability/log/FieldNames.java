// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names that callers choose apart from those that the encoder writes itself. A name that is ours, or that
 * would be both a value and the parent of ours ({@code error} beside {@code error.type}), goes under {@code labels.};
 * so do names that begin with {@code labels.}, lest two become one.
 *
 * <p>What a name means is worked out once and remembered for the first 1,000 names. Thread-safe.
 */
final class FieldNames {

    static final String PREFIX = "labels.";

    private static final Set<String> OURS = Set.of(
            "@timestamp",
            "log",
            "log.level",
            "log.logger",
            "log.dropped_fields",
            "message",
            "service",
            "service.name",
            "ecs",
            "ecs.version",
            "process",
            "process.thread",
            "process.thread.name",
            "tags",
            "error",
            "error.type",
            "error.message",
            "error.stack_trace",
            "labels",
            "http",
            "http.request",
            "trace",
            "span",
            "user",
            "client",
            "event");

    private static final int REMEMBERED = 1000;

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    Kind kind(String name) {
        @Nullable Kind known = kinds.get(name);
        return known != null ? known : learn(name);
    }

    private Kind learn(String name) {
        boolean collides = OURS.contains(name) || name.startsWith(PREFIX);
        boolean hex = name.equals("trace.id") || name.equals("span.id");
        Kind kind = new Kind(collides, Masking.isSecret(name), hex);
        if (kinds.size() < REMEMBERED) {
            kinds.put(name, kind);
        }
        return kind;
    }

    /**
     * What a name means.
     *
     * @param collides whether it must be written with {@link #PREFIX} before it
     * @param secret whether its value is never shown
     * @param hex whether its value is an ID in hex digits
     */
    record Kind(boolean collides, boolean secret, boolean hex) {}
}
