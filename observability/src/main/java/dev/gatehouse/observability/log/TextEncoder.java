// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * Encodes an event as text for people at a terminal: time, level, thread, logger, message, key-value pairs and the
 * request ID; a stack trace on lines of its own. Masked and escaped as {@link JsonEncoder} does, so that no value can
 * begin a line or send codes to the terminal. Thread-safe.
 */
final class TextEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};
    private static final String REQUEST_ID = "http.request.id";

    private final WriterPool writers = new WriterPool(false);

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LineWriter out = writers.borrow();
        out.time(event.getTimeStamp(), event.getNanoseconds());
        out.line().ascii(' ').ascii(String.valueOf(event.getLevel())).ascii(" [");
        out.masked(String.valueOf(event.getThreadName()), LineWriter.VALUE);
        out.line().ascii("] ").text(String.valueOf(event.getLoggerName())).ascii(" - ");
        MessageText.append(out.scratch(), event);
        out.masked(LineWriter.MESSAGE);
        fields(out, event);
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            out.line().ascii('\n');
            new StackTraces(out, false).write(error);
        }
        out.line().ascii('\n');
        return writers.finish(out);
    }

    private static void fields(LineWriter out, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        boolean named = false;
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            String name = String.valueOf(pair.key);
            field(out, name, MessageText.string(pair.value));
            named |= name.equals(REQUEST_ID);
        }
        String requestId = event.getMDCPropertyMap().get(REQUEST_ID);
        if (requestId != null && !named) {
            field(out, REQUEST_ID, requestId);
        }
    }

    private static void field(LineWriter out, String name, String value) {
        out.line().ascii(' ').text(name).ascii('=');
        out.masked(Masking.value(name, value), LineWriter.VALUE);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
