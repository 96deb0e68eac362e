// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Makes log events and reads lines back, strictly. */
final class Events {

    static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089012Z");

    private static final LoggerContext CONTEXT = new LoggerContext();

    private static final JsonEncoder ENCODER = new JsonEncoder();

    private final LoggingEvent event;
    private Map<String, String> context = Map.of();

    private Events(String message, @Nullable Throwable error, @Nullable Object... arguments) {
        event = new LoggingEvent("fqcn", CONTEXT.getLogger("shop.Orders"), Level.INFO, message, error, arguments);
        event.setInstant(TIME);
        event.setThreadName("worker-1");
    }

    static Events of(String message, @Nullable Object... arguments) {
        return new Events(message, null, arguments);
    }

    static Events failing(String message, Throwable error) {
        return new Events(message, error);
    }

    Events mdc(Map<String, String> entries) {
        context = entries;
        return this;
    }

    Events pair(String key, @Nullable Object value) {
        event.addKeyValuePair(new KeyValuePair(key, value));
        return this;
    }

    /** The finished event; called once. */
    LoggingEvent event() {
        event.setMDCPropertyMap(context);
        return event;
    }

    /** The finished event at this level. */
    LoggingEvent at(Level level) {
        LoggingEvent copy = new LoggingEvent();
        copy.setLoggerContext(CONTEXT);
        copy.setLoggerName(event.getLoggerName());
        copy.setLevel(level);
        copy.setMessage(event.getMessage());
        copy.setInstant(TIME);
        copy.setThreadName(event.getThreadName());
        copy.setMDCPropertyMap(context);
        return copy;
    }

    /** The line's object, after a check that it is one line of strict JSON in which no name occurs twice. */
    static Map<String, Object> read(ILoggingEvent event) {
        byte[] bytes = ENCODER.encode(event);
        String line = new String(bytes, StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n");
        assertThat(line.substring(0, line.length() - 1)).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
        // The bytes themselves: a String would have mended what is no UTF-8.
        Parsed parsed = JsonReader.read(bytes);
        assertThat(parsed).as(line).isInstanceOf(Parsed.Value.class);
        Map<String, Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(((Parsed.Value) parsed).value()))
                .forEach((name, value) -> fields.put((String) name, value));
        return fields;
    }

    Map<String, Object> read() {
        return read(event());
    }

    String text() {
        return new String(new TextEncoder().encode(event()), StandardCharsets.UTF_8);
    }
}
