// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.config.ShopConfig.LogFormat;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.log.LoggingSettings;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.slf4j.event.Level;

/** The shop's logging: one JSON object a line, or text for a person; the run script knows whether there is a terminal. */
final class Logs {

    private static final String SERVICE = "corner-shop";

    private Logs() {}

    /** Writes to standard output. */
    static Logging open(ShopConfig config) {
        return Logging.configure(settings(config));
    }

    /** Writes warnings to standard error, for commands whose standard output is their result. */
    static Logging aside(ShopConfig config) {
        return Logging.configure(settings(config).level(LoggingSettings.ROOT, Level.WARN), new StandardError());
    }

    /** Outlives the log, which closes what it writes to: the command itself says there why it failed. */
    private static final class StandardError extends FilterOutputStream {

        StandardError() {
            super(System.err);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static LoggingSettings settings(ShopConfig config) {
        boolean json = config.log().orElse(LogFormat.JSON) == LogFormat.JSON;
        return quiet(json ? LoggingSettings.json(SERVICE) : LoggingSettings.text(SERVICE));
    }

    private static LoggingSettings quiet(LoggingSettings settings) {
        return settings.level("org.flywaydb", Level.WARN)
                .level("org.eclipse.jetty", Level.WARN)
                .level("com.zaxxer.hikari", Level.WARN);
    }
}
