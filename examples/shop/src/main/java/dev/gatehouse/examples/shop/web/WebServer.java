// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.servlet.GatehouseFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with one filter, which is the pipeline, and one servlet, which is the shop. */
public final class WebServer implements AutoCloseable {

    private static final int THREADS = 200;
    private static final int IDLE_MILLIS = 30_000;
    private static final int HEADER_BYTES = 16 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private WebServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Takes the port, without serving yet; port 0 takes a free one. */
    public static WebServer bind(String host, int port) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        connector.open();
        return new WebServer(server, connector);
    }

    /** The port taken. */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Serves: every request passes {@code pipeline} and is answered by {@code dispatcher}; what is not even HTTP gets
     * {@code hsts} too.
     */
    public void start(Pipeline pipeline, Dispatcher dispatcher, boolean hsts) {
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(new GatehouseFilter(pipeline));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        context.addServlet(new ServletHolder(dispatcher), "/*");
        server.setHandler(context);
        server.setErrorHandler(new BareErrors(hsts));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not start: " + e.getMessage(), e);
        }
    }

    /** Closes the connections; whoever wants requests in flight to finish waits for them before. */
    @Override
    public void close() {
        try {
            server.stop();
            connector.close();
        } catch (Exception e) {
            throw new IllegalStateException("the web server does not stop: " + e.getMessage(), e);
        }
    }
}
