// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.context.ContextHttpClient;
import dev.gatehouse.http.jdk.GatehouseHttpFilter;
import dev.gatehouse.http.servlet.GatehouseFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a server in between might spoil of Trace Context, on the wire: a service behind each adapter is asked with raw
 * header lines and calls another service, which tells what it received.
 */
class TraceOverSocketsTest {

    private static final String ID = "12345678901234567890123456789012";
    private static final String PARENT = "00-" + ID + "-1234567890123456-01";

    private final BlockingQueue<Headers> received = new LinkedBlockingQueue<>();
    private final HttpClient client = ContextHttpClient.wrap(HttpClient.newHttpClient());
    private final Pipeline pipeline =
            new Pipeline(Routes.of(Route.get("/").access(Access.anyone())), List.of(), PipelineSettings.defaults());
    private HttpServer other;

    @BeforeEach
    void startTheOtherService() throws IOException {
        other = listening();
        other.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders());
            end(exchange);
        });
        other.start();
    }

    @AfterEach
    void stopTheOtherService() {
        other.stop(0);
    }

    private static HttpServer listening() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private static void end(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void callTheOtherService() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + other.getAddress().getPort() + "/");
        try {
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    enum Adapter {
        JDK {
            @Override
            OverSockets.Running start(TraceOverSocketsTest test) throws Exception {
                HttpServer server = listening();
                server.createContext("/", exchange -> {
                            test.callTheOtherService();
                            end(exchange);
                        })
                        .getFilters()
                        .add(new GatehouseHttpFilter(test.pipeline));
                server.start();
                return new OverSockets.Running(server.getAddress().getPort(), () -> server.stop(0));
            }
        },
        SERVLET {
            @Override
            OverSockets.Running start(TraceOverSocketsTest test) throws Exception {
                return JettyServer.start(new GatehouseFilter(test.pipeline), new Calling(test));
            }
        };

        abstract OverSockets.Running start(TraceOverSocketsTest test) throws Exception;
    }

    private static final class Calling extends HttpServlet {

        private static final long serialVersionUID = 1;
        private final transient TraceOverSocketsTest test;

        Calling(TraceOverSocketsTest test) {
            this.test = test;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            test.callTheOtherService();
        }
    }

    @ParameterizedTest
    @EnumSource
    void headersArriveWhateverTheirCaseAndBlanksAndHoweverManyLines(Adapter adapter) throws Exception {
        OverSockets.Running service = adapter.start(this);
        RawHttp caller = new RawHttp(service.port());
        caller.send(
                "GET",
                "/",
                "TrAcEpArEnT:\t " + PARENT + " \t",
                "TraceState: foo=1 ,bar=2",
                "tracestate:",
                "TRACESTATE: baz=3");
        Headers sent = received.take();
        assertThat(sent.getFirst("traceparent"))
                .startsWith("00-" + ID + "-")
                .endsWith("-01")
                .isNotEqualTo(PARENT);
        assertThat(sent.get("Tracestate")).containsExactly("foo=1,bar=2,baz=3");

        caller.send("GET", "/", "traceparent: " + PARENT, "traceparent: " + PARENT, "tracestate: foo=1");
        sent = received.take();
        assertThat(sent.getFirst("traceparent")).doesNotContain(ID).endsWith("-02");
        assertThat(sent.get("Tracestate")).isNull();

        RawHttp.Answer answer = caller.send("GET", "/", "trace-parent: " + PARENT);
        sent = received.take();
        assertThat(sent.getFirst("traceparent")).doesNotContain(ID);
        assertThat(sent.getFirst("X-Request-Id")).isEqualTo(answer.header("X-Request-Id"));
        assertThat(Long.parseLong(sent.getFirst("X-Request-Timeout-Ms"))).isPositive();
        service.server().close();
    }
}
