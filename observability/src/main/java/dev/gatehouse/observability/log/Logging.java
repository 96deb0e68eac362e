// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.gatehouse.context.OutgoingHeaders;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.RequestId;
import dev.gatehouse.context.TraceParent;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The logging of a JVM: Logback set up to write through bounded queues, and closed when everything else is. Whatever was
 * configured before is replaced. Nothing closes it by itself: an application that ends without {@link #close()} loses
 * the lines that still wait. Thread-safe.
 *
 * <p>A full queue drops lines rather than make callers wait, below WARN first; {@link #dropped()} and the meter {@code
 * log.events.dropped} say how many.
 */
public final class Logging implements MeterBinder, AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final long ACCESS_BYTES = 64L * 1024 * 1024;
    private static final int ACCESS_FILES = 4;

    private final LoggerContext context;
    private final LoggingSettings settings;
    private final List<QueuedAppender> appenders = new ArrayList<>();

    private Logging(LoggerContext context, LoggingSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Sets up the JVM's logging to write to the standard output. */
    public static Logging configure(LoggingSettings settings) {
        return configure(settings, new FileOutputStream(FileDescriptor.out));
    }

    /** Sets up the JVM's logging to write to {@code output}. */
    public static Logging configure(LoggingSettings settings, OutputStream output) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            throw new IllegalStateException(
                    "logging: SLF4J is bound to " + factory.getClass().getName() + " but must be bound to Logback");
        }
        return configure(context, settings, output);
    }

    static Logging configure(LoggerContext context, LoggingSettings settings, OutputStream output) {
        Logging logging = new Logging(context, settings);
        // Opened before anything is reset, so that a file that cannot be written leaves the logging as it was.
        OutputStream access = settings.accessFile().map(Logging::open).orElse(OutputStream.nullOutputStream());
        context.reset();
        settings.levels().forEach((name, level) -> context.getLogger(name).setLevel(Level.convertAnSLF4JLevel(level)));
        logging.attach(
                LoggingSettings.ROOT, logging.encoder(settings.format()), new BufferedOutputStream(output, BUFFER));
        if (settings.accessFile().isPresent()) {
            logging.attach("access", logging.encoder(LoggingSettings.Format.JSON), access);
            context.getLogger("access").setAdditive(false);
        }
        return logging;
    }

    private static OutputStream open(Path file) {
        try {
            return new RotatingFile(file, ACCESS_BYTES, ACCESS_FILES);
        } catch (IOException e) {
            throw new UncheckedIOException("logging.accessFile: " + file + " cannot be written", e);
        }
    }

    private Encoder<ILoggingEvent> encoder(LoggingSettings.Format format) {
        if (format == LoggingSettings.Format.TEXT) {
            return new TextEncoder();
        }
        JsonEncoder json = new JsonEncoder();
        json.setService(settings.service());
        return json;
    }

    private void attach(String name, Encoder<ILoggingEvent> encoder, OutputStream output) {
        encoder.setContext(context);
        QueuedAppender appender = new QueuedAppender(encoder, output, settings.queue(), settings.drain());
        appender.setContext(context);
        appender.setName("gatehouse-" + name);
        appender.start();
        Logger logger = context.getLogger(name);
        logger.addAppender(appender);
        appenders.add(appender);
    }

    /** Lines dropped because a queue was full, or the output stuck at the end. */
    public long dropped() {
        return appenders.stream().mapToLong(QueuedAppender::dropped).sum();
    }

    /** Lines lost because encoding or writing them failed. */
    public long failed() {
        return appenders.stream().mapToLong(QueuedAppender::failed).sum();
    }

    private int waiting() {
        return appenders.stream().mapToInt(QueuedAppender::waiting).sum();
    }

    /** Offers how many lines wait, were dropped, and could not be written. */
    @Override
    public void bindTo(MeterRegistry meters) {
        counter(
                meters,
                "gatehouse.log.events.dropped",
                "Log events dropped because a queue was full",
                Logging::dropped);
        counter(meters, "gatehouse.log.events.failed", "Log events that could not be written", Logging::failed);
        Gauge.builder("gatehouse.log.events.waiting", this, Logging::waiting)
                .description("Log events waiting to be written")
                .baseUnit("events")
                .register(meters);
    }

    private void counter(MeterRegistry meters, String name, String description, ToDoubleFunction<Logging> value) {
        FunctionCounter.builder(name, this, value)
                .description(description)
                .baseUnit("events")
                .register(meters);
    }

    /**
     * Whether lines can be searched by field: a hard event is encoded by the encoder in use, read back and compared, and
     * this set-up must still be the one in force.
     */
    public Finding verifyStructure(InstantSource clock) {
        QueuedAppender appender = appenders.get(0);
        if (!context.getLogger(LoggingSettings.ROOT).isAttached(appender) || !appender.isStarted()) {
            return Finding.failed("another configuration of Logback has replaced this one, or it was closed");
        }
        Instant now = clock.instant();
        Map<?, ?> line = new SelfTest(context, appender.encoder()).fields(RequestContext.NONE, now);
        Evidence losses =
                new Evidence("log lines lost", dropped() + " dropped, " + failed() + " failed", "Logging", now);
        if (!SelfTest.MASKED.equals(line.get("message")) || !line.containsKey("error.stack_trace")) {
            return Finding.failed("a hard event did not come back as one object of JSON, masked", losses);
        }
        String fields = line.size() + " fields, secrets masked, as strict JSON";
        return Finding.verified(new Evidence("a log event encoded and read back", fields, "Logging", now), losses);
    }

    /** Whether what is logged while a request is served carries its request ID and trace ID. */
    public Finding verifyRequestId(InstantSource clock) {
        String id = RequestId.generate();
        RequestContext request = RequestContext.NONE.withRequestId(id).withTrace(TraceParent.fresh(true));
        Instant now = clock.instant();
        Map<?, ?> line = new SelfTest(context, appenders.get(0).encoder()).fields(request, now);
        if (!id.equals(line.get("http.request.id")) || !line.containsKey("trace.id")) {
            return Finding.failed("a line logged within a request did not carry its request ID and trace ID");
        }
        if (!id.equals(OutgoingHeaders.of(request).get(OutgoingHeaders.REQUEST_ID))) {
            return Finding.failed("an outgoing call does not carry the request ID");
        }
        return Finding.verified(
                new Evidence("request ID of a line logged within a request", id, "Logging", now),
                new Evidence("request ID of an outgoing call", id, "OutgoingHeaders", now));
    }

    /** Writes what waits, within the drain time of each output, and stops. */
    @Override
    public void close() {
        appenders.forEach(QueuedAppender::stop);
    }
}
