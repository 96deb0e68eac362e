// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Encodes an event as one line of JSON with field names of the Elastic Common Schema: {@code @timestamp}, {@code
 * log.level}, {@code message}, {@code service.name}, {@code log.logger}, {@code process.thread.name}, {@code tags} (the
 * markers), then key-value pairs and MDC entries by their own names, then {@code error.type}, {@code error.message} and
 * {@code error.stack_trace}. Names are flat, dots and all.
 *
 * <p>Every line is valid JSON on one line whatever the event holds; secrets are masked in every part that came from
 * outside ({@link Masking}); a message has at most 16,384 characters, any other value 8,192, a stack trace 32 KiB, and
 * there are at most 64 fields of the caller's. Thread-safe; it reuses its buffers.
 */
public final class JsonEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final WriterPool writers = new WriterPool(true);
    private final FieldNames names = new FieldNames();
    private volatile String service = "";

    /** Sets {@code service.name}; without it the field is left out. Called before {@link #start()}. */
    public void setService(String name) {
        service = name;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LineWriter out = writers.borrow();
        LineBuffer line = out.line();
        line.ascii("{\"@timestamp\":\"");
        out.time(event.getTimeStamp(), event.getNanoseconds());
        line.ascii("\",\"log.level\":\"").ascii(String.valueOf(event.getLevel()));
        line.ascii("\",\"message\":\"");
        MessageText.append(out.scratch(), event);
        out.masked(LineWriter.MESSAGE);
        origin(out, event);
        new JsonFieldWriter(out, names).write(event.getKeyValuePairs(), event.getMDCPropertyMap());
        error(out, event.getThrowableProxy());
        line.ascii("}\n");
        return writers.finish(out);
    }

    private void origin(LineWriter out, ILoggingEvent event) {
        LineBuffer line = out.line();
        if (!service.isEmpty()) {
            line.ascii("\",\"service.name\":\"").text(service);
        }
        line.ascii("\",\"log.logger\":\"").text(String.valueOf(event.getLoggerName()));
        line.ascii("\",\"process.thread.name\":\"");
        out.masked(String.valueOf(event.getThreadName()), LineWriter.VALUE);
        line.ascii('"');
        List<Marker> markers = event.getMarkerList();
        if (markers != null && !markers.isEmpty()) {
            tags(line, markers);
        }
    }

    private static void tags(LineBuffer line, List<Marker> markers) {
        line.ascii(",\"tags\":[");
        String separator = "\"";
        for (Marker marker : markers) {
            line.ascii(separator).text(marker.getName()).ascii('"');
            separator = ",\"";
        }
        line.ascii(']');
    }

    private static void error(LineWriter out, @Nullable IThrowableProxy error) {
        if (error == null) {
            return;
        }
        LineBuffer line = out.line();
        line.ascii(",\"error.type\":\"").text(String.valueOf(error.getClassName()));
        String message = error.getMessage();
        if (message != null) {
            line.ascii("\",\"error.message\":\"");
            out.masked(message, LineWriter.VALUE);
        }
        line.ascii("\",\"error.stack_trace\":\"");
        new StackTraces(out, true).write(error);
        line.ascii('"');
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
