// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.servlet.GatehouseFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The servlet filter, on Jetty. */
class JettyContractTest {

    private static final OverSockets.Host JETTY = (pipeline, app, elsewhere) ->
            JettyServer.start(new GatehouseFilter(pipeline), new AppServlet(app, elsewhere));

    @Nested
    class Routing extends RoutingContract {
        Routing() {
            super(JETTY);
        }
    }

    @Nested
    class Admission extends AdmissionContract {
        Admission() {
            super(JETTY);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(JETTY);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(JETTY);
        }
    }

    @Nested
    class UnreadBody extends UnreadBodyContract {
        UnreadBody() {
            super(JETTY);
        }

        /** The JDK's server asks for every body before anybody else learns of the request. */
        @Test
        void isNotAskedForWhenItIsRefused() throws Exception {
            RawHttp.Answer answer =
                    serving().keptOpen("POST", "/nowhere", "", "Content-Length: 1000", "Expect: 100-continue");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }
    }

    @Nested
    class Lifetime extends LifetimeContract {
        Lifetime() {
            super(JETTY);
        }
    }

    private static final class AppServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient OverSockets.App app;
        private final transient ExecutorService elsewhere;

        AppServlet(OverSockets.App app, ExecutorService elsewhere) {
            this.app = app;
            this.elsewhere = elsewhere;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                app.serve(new ServletIo(request, response, elsewhere));
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }

    private record ServletIo(HttpServletRequest request, HttpServletResponse response, ExecutorService elsewhere)
            implements OverSockets.Io {

        @Override
        public Exchange exchange() {
            return GatehouseFilter.exchange(request);
        }

        @Override
        public InputStream body() throws IOException {
            return request.getInputStream();
        }

        @Override
        public void header(String name, String value) {
            response.setHeader(name, value);
        }

        @Override
        public void answer(int status, String body) throws IOException {
            response.setStatus(status);
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream stream(int status) throws IOException {
            response.setStatus(status);
            return response.getOutputStream();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        public void later(OverSockets.App work) {
            AsyncContext context = request.startAsync();
            elsewhere.submit(() -> {
                work.serve(this);
                context.complete();
                return true;
            });
        }
    }
}
