// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The {@code traceparent} of W3C Trace Context level 2: which trace this work belongs to and which span is its parent.
 * Immutable and thread-safe.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags bit 0 sampled, bit 1 random trace ID; other bits are dropped when sent on
 */
public record TraceParent(String traceId, String spanId, int flags) {

    /** The flag that says the caller may have recorded this trace. */
    public static final int SAMPLED = 1;

    /** The flag that says at least the last seven bytes of the trace ID are random. */
    public static final int RANDOM_TRACE_ID = 2;

    private static final int KNOWN_FLAGS = SAMPLED | RANDOM_TRACE_ID;
    private static final String[] FLAG_TEXT = {"-00", "-01", "-02", "-03"};

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = TRACE_AT + TRACE_DIGITS + 1;
    private static final int FLAGS_AT = SPAN_AT + SPAN_DIGITS + 1;
    private static final int LENGTH = FLAGS_AT + 2;

    /** Refuses anything but what the parameters promise; flags must be 0 to 255. */
    public TraceParent {
        if (traceId.length() != TRACE_DIGITS || !Hex.isNonZero(traceId, 0, TRACE_DIGITS)) {
            throw new IllegalArgumentException("traceId: must be 32 lower-case hex digits, not all zero");
        }
        if (spanId.length() != SPAN_DIGITS || !Hex.isNonZero(spanId, 0, SPAN_DIGITS)) {
            throw new IllegalArgumentException("spanId: must be 16 lower-case hex digits, not all zero");
        }
        if (flags < 0 || flags > 255) {
            throw new IllegalArgumentException("flags: was " + flags + " but must be 0 to 255");
        }
    }

    /**
     * Reads the {@code traceparent} header lines of one request, as they came. Empty when there is none, when there is
     * more than one, or when it is invalid: the trace then starts anew. Versions above 00 are read as the additive ones
     * they promise to be; {@code ff} is invalid. Never throws on any text.
     */
    public static Optional<TraceParent> parse(List<String> lines) {
        if (lines.size() != 1) {
            return Optional.empty();
        }
        String line = lines.get(0);
        int start = 0;
        int end = line.length();
        while (start < end && Hex.isBlank(line.charAt(start))) {
            start++;
        }
        while (start < end && Hex.isBlank(line.charAt(end - 1))) {
            end--;
        }
        return isWellFormed(line, start, end) ? Optional.of(read(line, start)) : Optional.empty();
    }

    private static boolean isWellFormed(String line, int start, int end) {
        return end - start >= LENGTH
                && hasKnownVersion(line, start, end)
                && line.charAt(start + TRACE_AT - 1) == '-'
                && Hex.isNonZero(line, start + TRACE_AT, TRACE_DIGITS)
                && line.charAt(start + SPAN_AT - 1) == '-'
                && Hex.isNonZero(line, start + SPAN_AT, SPAN_DIGITS)
                && line.charAt(start + FLAGS_AT - 1) == '-'
                && Hex.byteAt(line, start + FLAGS_AT) >= 0;
    }

    /** Version 00 ends after the flags; a later one may go on after a dash. */
    private static boolean hasKnownVersion(String line, int start, int end) {
        int version = Hex.byteAt(line, start);
        boolean endsHere = end - start == LENGTH;
        return version == 0
                ? endsHere
                : version > 0 && version < 0xff && (endsHere || line.charAt(start + LENGTH) == '-');
    }

    private static TraceParent read(String line, int start) {
        return new TraceParent(
                line.substring(start + TRACE_AT, start + TRACE_AT + TRACE_DIGITS),
                line.substring(start + SPAN_AT, start + SPAN_AT + SPAN_DIGITS),
                Hex.byteAt(line, start + FLAGS_AT) & KNOWN_FLAGS);
    }

    /** The first span of a new trace with a wholly random trace ID, which its flags say. */
    public static TraceParent fresh(boolean sampled) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String traceId = Hex.digits(random.nextLong(), nonZero(random));
        return new TraceParent(traceId, Hex.digits(nonZero(random)), RANDOM_TRACE_ID | (sampled ? SAMPLED : 0));
    }

    /** A new span within the same trace; the flags are kept. */
    public TraceParent child() {
        return new TraceParent(traceId, Hex.digits(nonZero(ThreadLocalRandom.current())), flags);
    }

    private static long nonZero(ThreadLocalRandom random) {
        long value = random.nextLong();
        while (value == 0) {
            value = random.nextLong();
        }
        return value;
    }

    /** Whether the sampled flag is set. */
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /** The header value to send: always version 00, unknown flags cleared. */
    public String toHeader() {
        return "00-" + traceId + '-' + spanId + FLAG_TEXT[flags & KNOWN_FLAGS];
    }
}
