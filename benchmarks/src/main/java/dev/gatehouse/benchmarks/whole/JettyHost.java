// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.whole;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with the ping endpoint on a loopback port taken from the environment. */
final class JettyHost {

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler("/");

    JettyHost() {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(System.getenv().getOrDefault("PORT", "0")));
        server.addConnector(connector);
        context.addServlet(new ServletHolder(new PingServlet()), "/api/ping");
        server.setHandler(context);
    }

    ServletContextHandler context() {
        return context;
    }

    void serve() throws Exception {
        server.start();
        server.join();
    }
}
