// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.Loaded;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.web.Dispatcher;
import dev.gatehouse.examples.shop.web.WebServer;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.readiness.ReadinessReport;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running shop. */
final class Shop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

    private final Wiring wiring;
    private final WebServer server;
    private final URI url;

    private Shop(Wiring wiring, WebServer server, URI url) {
        this.wiring = wiring;
        this.server = server;
        this.url = url;
    }

    /** Opens the shop; when this returns, it serves. */
    static Shop open(Loaded<ShopConfig> loaded, Logging logs) throws IOException {
        ShopConfig config = loaded.settings();
        PrivateFolder.make(config.data());
        WebServer server = WebServer.bind(config.bind(), config.port());
        try {
            URI url = config.publicUrl(server.port());
            Wiring wiring = new Wiring(loaded, url, server.port(), logs);
            wiring.house.start();
            server.start(
                    wiring.house.pipeline(),
                    new Dispatcher(ShopHandlers.of(wiring, wiring.routes), wiring.problems),
                    !config.isDevelopment());
            return new Shop(wiring, server, url);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** How the world reaches it. */
    URI url() {
        return url;
    }

    /** On which port it listens. */
    int port() {
        return server.port();
    }

    /** What every gate proves right now. */
    ReadinessReport report() {
        return wiring.house.readiness();
    }

    Wiring wiring() {
        return wiring;
    }

    /** Finishes what is in flight, then closes everything, what others lean on last. */
    @Override
    public void close() {
        wiring.house.drain();
        server.close();
        wiring.house.close();
        wiring.sharedLimits.ifPresent(LimitStore::close);
        wiring.outbound.providers().close();
        wiring.pool.close();
        LOG.info("the shop is closed");
    }
}
