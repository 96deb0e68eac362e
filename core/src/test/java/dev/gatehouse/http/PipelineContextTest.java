// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class PipelineContextTest extends APipeline {

    @Nested
    class TheContext {

        @Test
        void isRestoredExactly() throws IOException {
            RequestContext outer = RequestContext.NONE.withRequestId("outer").withAccount("a-1");
            RequestContext.Scope scope = outer.open();
            try {
                Passage passage = pipeline().enter(get("/open").with("X-Request-Id", "inner"));
                assertThat(RequestContext.current()).isSameAs(passage.exchange().context());
                assertThat(MDC.get("http.request.id")).isEqualTo("inner");
                assertThat(MDC.get("user.id")).isNull();
                passage.exchange().context(passage.exchange().context().withAccount("a-2"));
                assertThat(MDC.get("user.id")).isEqualTo("a-2");
                passage.leave(false);
                assertThat(RequestContext.current()).isSameAs(outer);
                assertThat(MDC.get("http.request.id")).isEqualTo("outer");
                assertThat(MDC.get("user.id")).isEqualTo("a-1");
            } finally {
                scope.close();
            }
        }

        @Test
        void isRestoredWhenAGuardThrew() throws IOException {
            Pipeline pipeline = pipeline(failing(Phase.CONTEXT, new IllegalStateException("no")));
            pipeline.enter(get("/open")).leave(false);
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
            assertThat(MDC.get("http.request.id")).isNull();
        }

        @Test
        void isLeftAloneByAThreadThatDoesNotServeTheRequest() throws Exception {
            Passage passage = pipeline().enter(get("/open"));
            Exchange exchange = passage.exchange();
            List<RequestContext> seen = new ArrayList<>();
            elsewhere(() -> {
                exchange.context(exchange.context().withAccount("a-3"));
                seen.add(RequestContext.current());
            });
            passage.leave(false);
            assertThat(seen).containsExactly(RequestContext.NONE);
            assertThat(exchange.context().account()).contains("a-3");
        }

        @Test
        void hasTheRoutesDeadline() throws IOException {
            assertThat(remaining(get("/quick"))).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        }

        @Test
        void hasTheCallersDeadlineWhenThatIsSooner() throws IOException {
            assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", "50")))
                    .isLessThanOrEqualTo(Duration.ofMillis(50));
            assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", "0")))
                    .isZero();
        }

        @Test
        void neverHasALaterDeadlineThanTheRoutes() throws IOException {
            for (String asked : List.of("5000", "99999999999999999999", "-1", "1e9", "", " 10", "0x10", "٣")) {
                assertThat(remaining(get("/quick").with("X-Request-Timeout-Ms", asked)))
                        .as(asked)
                        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            }
        }

        private Duration remaining(FakeServer server) throws IOException {
            Passage passage = pipeline().enter(server);
            Duration remaining =
                    passage.exchange().context().deadline().orElseThrow().remaining();
            passage.leave(false);
            return remaining;
        }

        @Test
        void continuesTheCallersTrace() throws IOException {
            String trace = "0af7651916cd43dd8448eb211c80319c";
            Passage passage =
                    pipeline().enter(get("/open").with("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
            assertThat(passage.exchange().context().trace().orElseThrow().traceId())
                    .isEqualTo(trace);
            passage.leave(false);
        }
    }
}
