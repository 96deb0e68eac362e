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

/** The filter of the JDK's own server. */
class JdkServerContractTest extends AdapterContract {

    @Override
    Running start(Pipeline pipeline, App app) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(app, exchange)).getFilters().add(new GatehouseHttpFilter(pipeline));
        server.start();
        return new Running(server.getAddress().getPort(), () -> {
            server.stop(0);
            threads.shutdownNow();
        });
    }

    private void serve(App app, HttpExchange exchange) throws IOException {
        try {
            app.serve(new JdkIo(exchange, elsewhere));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private record JdkIo(HttpExchange raw, ExecutorService elsewhere) implements Io {

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
        public void later(App work) {
            elsewhere.submit(() -> {
                work.serve(this);
                return true;
            });
        }
    }
}
