// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.TraceParent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a job beside the columns. As bytes: a version (1), enqueued and counted from as milliseconds since
 * 1970, request ID and trace parent each as a length in one byte and ASCII, then the payload to the end.
 *
 * @param enqueuedAt when it was enqueued
 * @param countedFrom when its age began: a retry by hand begins it anew
 * @param requestId the ID of the request that enqueued it; empty for none
 * @param trace the trace parent of the request that enqueued it; empty for none
 * @param payload the handler's
 */
record Envelope(Instant enqueuedAt, Instant countedFrom, String requestId, String trace, Payload payload) {

    private static final byte VERSION = 1;
    private static final int FIXED = 1 + 2 * Long.BYTES + 2;
    private static final int LONGEST_TEXT = 127;

    static Envelope of(Job job, Instant now, RequestContext context) {
        return new Envelope(
                now,
                now,
                context.requestId().orElse(""),
                context.trace().map(TraceParent::toHeader).orElse(""),
                job.payload());
    }

    /** The same job with its age counted from {@code now}. */
    Envelope again(Instant now) {
        return new Envelope(enqueuedAt, now, requestId, trace, payload);
    }

    /** The context to run in: the request that enqueued it, in a new span of the same trace. */
    RequestContext context() {
        RequestContext context = RequestContext.NONE;
        if (!requestId.isEmpty()) {
            context = context.withRequestId(requestId);
        }
        Optional<TraceParent> parent = TraceParent.parse(List.of(trace));
        return parent.isPresent() ? context.withTrace(parent.get().child()) : context;
    }

    byte[] toBytes() {
        byte[] request = requestId.getBytes(StandardCharsets.US_ASCII);
        byte[] parent = trace.getBytes(StandardCharsets.US_ASCII);
        byte[] content = payload.bytes();
        ByteBuffer out = ByteBuffer.allocate(FIXED + request.length + parent.length + content.length);
        out.put(VERSION).putLong(enqueuedAt.toEpochMilli()).putLong(countedFrom.toEpochMilli());
        putText(out, request);
        putText(out, parent);
        return out.put(content).array();
    }

    private static void putText(ByteBuffer out, byte[] text) {
        Rules.require("context", text.length, 0, LONGEST_TEXT);
        out.put((byte) text.length).put(text);
    }

    /** Throws {@link IllegalArgumentException} for anything that {@link #toBytes} did not write. */
    static Envelope fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < FIXED || in.get() != VERSION) {
            throw new IllegalArgumentException("resilience.queue: a job is stored in a form that is not known here");
        }
        Instant enqueued = Instant.ofEpochMilli(in.getLong());
        Instant counted = Instant.ofEpochMilli(in.getLong());
        String request = text(in);
        String parent = text(in);
        byte[] content = new byte[in.remaining()];
        in.get(content);
        return new Envelope(enqueued, counted, request, parent, Payload.of(content));
    }

    private static String text(ByteBuffer in) {
        int length = in.hasRemaining() ? in.get() : -1;
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("resilience.queue: a stored job ends too early");
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
