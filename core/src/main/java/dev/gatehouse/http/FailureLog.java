// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed requests, one line each. A stack trace says where a defect is, and is written once in ten seconds for each
 * kind of failure, so that a flood of requests does not become a flood of traces; a failure that brings its answer with it
 * is none, and has a line only. Thread-safe.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final long TRACE_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_KINDS = 200;

    private final Ticker ticker;
    private final Map<String, Long> traced = new ConcurrentHashMap<>();

    FailureLog(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Logs that {@code exchange} failed, and was answered with a problem that the failure {@code carried} or not. */
    void log(PipelineExchange exchange, Throwable failure, boolean carried) {
        String method = exchange.method();
        String template = exchange.route().template();
        if (failure instanceof IOException && exchange.server().committed()) {
            LOG.warn("{} {} was cut off: {}", method, template, failure.toString());
        } else if (carried) {
            LOG.error("{} {} failed: {}", method, template, chain(failure));
        } else if (isNew(kind(failure))) {
            LOG.error("{} {} failed", method, template, failure);
        } else {
            LOG.error("{} {} failed again: {}", method, template, chain(failure));
        }
    }

    private boolean isNew(String kind) {
        if (traced.size() >= MOST_KINDS) {
            traced.clear();
        }
        long now = ticker.nanos();
        Long last = traced.get(kind);
        if (last != null && now - last < TRACE_AGAIN_NANOS) {
            return false;
        }
        traced.put(kind, now);
        return true;
    }

    private static String kind(Throwable failure) {
        StackTraceElement[] at = failure.getStackTrace();
        return failure.getClass().getName() + (at.length == 0 ? "" : "@" + at[0]);
    }

    private static String chain(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause == failure ? failure.toString() : failure + ", caused by " + cause;
    }
}
