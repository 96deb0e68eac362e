// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * How to log. Immutable; begin with {@link #json} or {@link #text}.
 *
 * @param format JSON for machines, text for people
 * @param service the {@code service.name} of every JSON line
 * @param levels the level of each logger by its name; {@code ROOT} holds for all others
 * @param accessFile where the logger {@code access} writes JSON, instead of the standard output: a file of at most 64
 *     MiB, and four older ones beside it
 * @param queue how many lines may wait to be written, 100 to 1,000,000
 * @param drain how long closing may take, at most a minute
 */
public record LoggingSettings(
        Format format,
        String service,
        Map<String, Level> levels,
        Optional<Path> accessFile,
        int queue,
        Duration drain) {

    /** The logger whose level holds for all others. */
    public static final String ROOT = "ROOT";

    /** How lines look. */
    public enum Format {
        /** One JSON object a line, {@link JsonEncoder}. */
        JSON,
        /** Text for a terminal, masked and escaped alike. */
        TEXT
    }

    /** Freezes the levels and checks the bounds. */
    public LoggingSettings {
        levels = Map.copyOf(levels);
        if (queue < 100 || queue > 1_000_000) {
            throw new IllegalArgumentException("logging.queue: was " + queue + " but must be 100 to 1000000");
        }
        if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("logging.drain: was " + drain + " but must be 0 to 1 minute");
        }
    }

    private static LoggingSettings of(Format format, String service) {
        Map<String, Level> levels = Map.of(ROOT, Level.INFO);
        return new LoggingSettings(format, service, levels, Optional.empty(), 8192, Duration.ofSeconds(2));
    }

    /** JSON from level INFO up, 8,192 lines in the queue, 2 seconds to close. */
    public static LoggingSettings json(String service) {
        return of(Format.JSON, service);
    }

    /** Text from level INFO up, 8,192 lines in the queue, 2 seconds to close. */
    public static LoggingSettings text(String service) {
        return of(Format.TEXT, service);
    }

    /** With this level for {@code logger} and those below it. */
    public LoggingSettings level(String logger, Level level) {
        Map<String, Level> more = new LinkedHashMap<>(levels);
        more.put(logger, level);
        return new LoggingSettings(format, service, more, accessFile, queue, drain);
    }

    /** With the access log in this file. */
    public LoggingSettings accessFile(Path file) {
        return new LoggingSettings(format, service, levels, Optional.of(file), queue, drain);
    }

    /** With room for so many lines that wait, 100 to 1,000,000. */
    public LoggingSettings queue(int lines) {
        return new LoggingSettings(format, service, levels, accessFile, lines, drain);
    }

    /** With so much time to write what waits at the end, at most a minute. */
    public LoggingSettings drain(Duration time) {
        return new LoggingSettings(format, service, levels, accessFile, queue, time);
    }
}
