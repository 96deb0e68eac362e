// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.observability.log.Masking;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unhandled errors, grouped by fingerprint and counted. At most 200 groups are kept; beyond that the one unseen for
 * longest goes, and a counter says so. Thread-safe; capturing never throws.
 */
public final class ErrorLog {

    /** How many groups are kept. */
    public static final int CAPACITY = 200;

    private static final int MESSAGE = 300;

    private final InstantSource clock;
    private final Map<ErrorSource, Counter> captured = new EnumMap<>(ErrorSource.class);
    private final Counter evicted;
    // In the order of the last sight, so that the first entry is the one to evict.
    private final Map<String, ErrorGroup> groups = new LinkedHashMap<>(64, 0.75f, true);

    /** An empty log that counts in {@code meters}. */
    public ErrorLog(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        for (ErrorSource source : ErrorSource.values()) {
            captured.put(source, captured(source, meters));
        }
        evicted = Counter.builder("gatehouse.errors.groups.evicted")
                .description("Groups of errors forgotten because there were too many")
                .baseUnit("groups")
                .register(meters);
        Gauge.builder("gatehouse.errors.groups", this, ErrorLog::size)
                .description("Groups of errors kept")
                .baseUnit("groups")
                .register(meters);
    }

    private static Counter captured(ErrorSource source, MeterRegistry meters) {
        return Counter.builder("gatehouse.errors.captured")
                .description("Unhandled errors captured")
                .baseUnit("errors")
                .tag("source", source.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** Captures an error, with the request ID of {@code context}; gives back the fingerprint of its group. */
    public String capture(ErrorSource source, Throwable error, RequestContext context) {
        StackTraceElement[] frames = error.getStackTrace();
        String place = frames.length == 0 ? "" : frames[0].toString();
        String message = String.valueOf(safeMessage(error));
        return add(source, new Sighting(Fingerprint.of(error), error.getClass().getName(), message, place), context);
    }

    String add(ErrorSource source, Sighting sighting, RequestContext context) {
        Objects.requireNonNull(captured.get(source)).increment();
        Instant now = clock.instant();
        Optional<String> requestId = context.requestId();
        synchronized (groups) {
            ErrorGroup known = groups.get(sighting.fingerprint());
            if (known == null && groups.size() == CAPACITY) {
                groups.remove(groups.keySet().iterator().next());
                evicted.increment();
            }
            groups.put(sighting.fingerprint(), sighting.group(source, known, now, requestId));
        }
        return sighting.fingerprint();
    }

    /** The groups, last seen first. */
    public List<ErrorGroup> groups() {
        synchronized (groups) {
            return groups.values().stream()
                    .sorted(Comparator.comparing(ErrorGroup::lastSeen).reversed())
                    .toList();
        }
    }

    private int size() {
        synchronized (groups) {
            return groups.size();
        }
    }

    // An error's own message may throw; capturing must not.
    private static String safeMessage(Throwable error) {
        try {
            return String.valueOf(error.getMessage());
        } catch (RuntimeException e) {
            return "(no message: " + e.getClass().getName() + ")";
        }
    }

    /** One error as it came in. */
    record Sighting(String fingerprint, String type, String message, String place) {

        Sighting {
            // Cut twice, for masking reads all of it; the first cut lies far behind the second.
            message = cut(Masking.mask(cut(message, 10 * MESSAGE)), MESSAGE);
        }

        private static String cut(String text, int length) {
            return text.length() > length ? text.substring(0, length) + "…" : text;
        }

        ErrorGroup group(ErrorSource source, @Nullable ErrorGroup known, Instant now, Optional<String> requestId) {
            long count = known == null ? 1 : known.count() + 1;
            Instant first = known == null ? now : known.firstSeen();
            return new ErrorGroup(fingerprint, source, type, message, place, count, first, now, requestId);
        }
    }
}
