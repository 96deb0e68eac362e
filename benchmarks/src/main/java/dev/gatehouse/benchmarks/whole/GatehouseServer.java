// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.whole;

import dev.gatehouse.benchmarks.house.HouseUnderTest;
import dev.gatehouse.http.servlet.GatehouseFilter;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.log.LoggingSettings;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.slf4j.event.Level;

/**
 * The ping endpoint on Jetty behind the gates that stand in a request's way: a signed-in session, limits by address and
 * account, request and trace IDs, golden signals, and a JSON access log to a file.
 */
public final class GatehouseServer {

    private GatehouseServer() {}

    /** Prints the session's token and serves until killed. */
    public static void main(String[] args) throws Exception {
        Path accessLog = Path.of(System.getenv().getOrDefault("WORK", "target/gatehouse") + ".access.json");
        try (Logging logging = Logging.configure(LoggingSettings.json("ping")
                        .level(LoggingSettings.ROOT, Level.WARN)
                        .level("access", Level.INFO)
                        .accessFile(accessLog));
                HouseUnderTest house = HouseUnderTest.of("all")) {
            System.out.println("session " + house.session());
            JettyHost jetty = new JettyHost();
            jetty.context()
                    .addFilter(
                            new FilterHolder(new GatehouseFilter(house.pipeline())),
                            "/*",
                            EnumSet.of(DispatcherType.REQUEST));
            jetty.serve();
            System.out.println("log lines dropped: " + logging.dropped());
        }
    }
}
