// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import ch.qos.logback.classic.LoggerContext;
import dev.gatehouse.examples.shop.config.ShopConfig;
import org.slf4j.LoggerFactory;

/** The shop's logging. */
final class Logs implements AutoCloseable {

    private Logs() {}

    static Logs configure(ShopConfig config) {
        LoggerFactory.getLogger(Logs.class).info("logging {}", config.log());
        return new Logs();
    }

    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
