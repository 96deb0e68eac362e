// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;

/** The filter of the JDK's own server. */
class JdkServerContractTest {

    private static final OverSockets.Host JDK = JdkServerContractTest::start;

    @Nested
    class Routing extends RoutingContract {
        Routing() {
            super(JDK);
        }
    }

    @Nested
    class Admission extends AdmissionContract {
        Admission() {
            super(JDK);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(JDK);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(JDK);
        }
    }

    @Nested
    class UnreadBody extends UnreadBodyContract {
        UnreadBody() {
            super(JDK);
        }
    }

    @Nested
    class Lifetime extends LifetimeContract {
        Lifetime() {
            super(JDK);
        }
    }

    private static OverSockets.Running start(Pipeline pipeline, OverSockets.App app, ExecutorService elsewhere)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(app, new JdkIo(exchange, elsewhere)))
                .getFilters()
                .add(new GatehouseHttpFilter(pipeline));
        server.start();
        return new OverSockets.Running(server.getAddress().getPort(), () -> {
            server.stop(0);
            threads.shutdownNow();
        });
    }

    private static void serve(OverSockets.App app, JdkIo io) throws IOException {
        try {
            app.serve(io);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private record JdkIo(HttpExchange raw, ExecutorService elsewhere) implements OverSockets.Io {

        @Override
        public Exchange exchange() {
            return GatehouseHttpFilter.exchange(raw);
        }

        @Override
        public InputStream body() {
            return raw.getRequestBody();
        }

        @Override
        public void header(String name, String value) {
            raw.getResponseHeaders().set(name, value);
        }

        @Override
        public void answer(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean none = bytes.length == 0 || raw.getRequestMethod().equals("HEAD");
            raw.sendResponseHeaders(status, none ? -1 : bytes.length);
            if (!none) {
                raw.getResponseBody().write(bytes);
            }
            raw.close();
        }

        @Override
        public OutputStream stream(int status) throws IOException {
            raw.sendResponseHeaders(status, 0);
            return raw.getResponseBody();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        public void later(OverSockets.App work) {
            elsewhere.submit(() -> {
                work.serve(this);
                return true;
            });
        }
    }
}
