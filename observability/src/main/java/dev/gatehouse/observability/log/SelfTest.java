// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.time.Instant;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Encodes an event that is hard to encode, with the encoder in use, and reads it back as a log store would. */
final class SelfTest {

    static final String MESSAGE = "self-test \"quoted\"\n\u2028 password=open-sesame";
    static final String MASKED = "self-test \"quoted\"\n\u2028 password=***";

    private final LoggerContext context;
    private final Encoder<ILoggingEvent> encoder;

    SelfTest(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        this.context = context;
        this.encoder = encoder;
    }

    /** The fields of an event logged in {@code request}, empty when the line is no JSON object. */
    Map<?, ?> fields(RequestContext request, Instant now) {
        RequestContext.Scope scope = request.open();
        try {
            return JsonReader.read(encoder.encode(event(now))) instanceof Parsed.Value json
                            && json.value() instanceof Map<?, ?> fields
                    ? fields
                    : Map.of();
        } finally {
            scope.close();
        }
    }

    private LoggingEvent event(Instant now) {
        LoggingEvent event = new LoggingEvent(
                SelfTest.class.getName(),
                context.getLogger(SelfTest.class),
                Level.INFO,
                MESSAGE,
                new IllegalStateException("expected"),
                null);
        event.setInstant(now);
        event.addKeyValuePair(new KeyValuePair("message", "forged"));
        return event;
    }
}
