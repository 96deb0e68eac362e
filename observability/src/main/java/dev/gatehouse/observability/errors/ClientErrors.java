// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports of errors from browsers: {@code {"message","source","line","column","stack","requestId"}}, all optional but
 * the message. Anybody can send one, so nothing in it is believed: at most 16 KiB each and 60 a minute in all are taken,
 * text is cut, masked and logged as data, and addresses lose their query. Thread-safe; never throws on any bytes.
 */
public final class ClientErrors {

    /** The largest report, in bytes. */
    public static final int MAX_BYTES = 16 * 1024;

    /** How many reports are taken in a minute. */
    public static final int PER_MINUTE = 60;

    private static final Logger LOG = LoggerFactory.getLogger("client-errors");

    private final ErrorLog errors;
    private final MinuteBudget budget;
    private final Counter refused;
    private final Counter dropped;

    /** Reports go to {@code errors}; what is not taken is counted in {@code meters}. */
    public ClientErrors(ErrorLog errors, Ticker ticker, MeterRegistry meters) {
        this.errors = errors;
        this.budget = new MinuteBudget(PER_MINUTE, ticker);
        this.refused = counter(meters, "malformed");
        this.dropped = counter(meters, "too-many");
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("gatehouse.errors.client.refused")
                .description("Reports from browsers that were not taken")
                .baseUnit("reports")
                .tag("reason", reason)
                .register(meters);
    }

    /** What became of a report. */
    public enum Outcome {
        /** Taken, logged and counted. */
        TAKEN,
        /** No report, or too large. */
        MALFORMED,
        /** More than a minute's worth: counted and dropped. */
        DROPPED
    }

    /** Takes the report in {@code body}, UTF-8 JSON, sent in the request of {@code context}. */
    public Outcome report(byte[] body, RequestContext context) {
        if (!budget.take()) {
            dropped.increment();
            return Outcome.DROPPED;
        }
        if (body.length <= MAX_BYTES
                && JsonReader.read(body) instanceof Parsed.Value json
                && json.value() instanceof Map<?, ?> fields
                && fields.get("message") instanceof String) {
            take(ClientReport.of(fields), context);
            return Outcome.TAKEN;
        }
        refused.increment();
        return Outcome.MALFORMED;
    }

    private void take(ClientReport report, RequestContext context) {
        String fingerprint = errors.add(ErrorSource.BROWSER, report.sighting(), context);
        LOG.atWarn()
                .addKeyValue("error.message", report.message())
                .addKeyValue("error.fingerprint", fingerprint)
                .addKeyValue("error.stack_trace", report.stack())
                .addKeyValue("client.source", report.source())
                .addKeyValue("client.position", report.position())
                .addKeyValue("client.request.id", report.requestId())
                .log("a browser reported an error");
    }
}
