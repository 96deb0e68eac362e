// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipelineFailureTest extends APipeline {

    @Nested
    class AFailure {

        @Test
        void ofAGuardClosesThePassageWhateverIsThrown() throws IOException {
            for (Throwable failure : List.of(
                    new IllegalStateException("a"),
                    new IOException("checked and undeclared"),
                    new AssertionError("b"),
                    new StackOverflowError(),
                    new NoClassDefFoundError("c"))) {
                FakeServer server = get("/open");
                Passage passage = pipeline(failing(Phase.EDGE, failure)).enter(server);
                assertThat(passage.isOpen()).as(failure.toString()).isFalse();
                assertThat(server.status).isEqualTo(500);
                passage.leave(false);
            }
        }

        @Test
        void ofTheVirtualMachineIsAnsweredAndThenPassedOn() {
            FakeServer server = get("/open");
            Passage passage = pipeline(
                            new Step("observe", Phase.OBSERVE), failing(Phase.EDGE, new OutOfMemoryError("heap")))
                    .enter(server);
            assertThatThrownBy(() -> passage.leave(false)).isInstanceOf(OutOfMemoryError.class);
            assertThat(server.status).isEqualTo(500);
            assertThat(journal).containsExactly("+observe", "-observe");
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
        }

        @Test
        void toAnswerClosesThePassageAndCutsTheConnection() {
            FakeServer server = get("/nowhere");
            server.gone = true;
            Passage passage = pipeline(new Step("observe", Phase.OBSERVE)).enter(server);
            assertThat(passage.isOpen()).isFalse();
            assertThatThrownBy(() -> passage.leave(false)).isInstanceOf(IOException.class);
            assertThat(journal).containsExactly("+observe", "-observe");
        }

        @Test
        void ofTheRendererIsAnsweredAsJson() throws IOException {
            PipelineSettings settings = PipelineSettings.builder()
                    .problemRenderer((exchange, problem) -> {
                        throw new IllegalStateException("template missing");
                    })
                    .build();
            FakeServer server = get("/nowhere");
            pipeline(settings).enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(server.body).contains("\"status\":404");
        }

        @Test
        void ofTheRendererWithAnErrorIsAnsweredAsJsonToo() throws IOException {
            PipelineSettings settings = PipelineSettings.builder()
                    .problemRenderer((exchange, problem) -> {
                        throw new StackOverflowError("a template that includes itself");
                    })
                    .build();
            Pipeline pipeline = pipeline(settings);
            FakeServer server = get("/nowhere");
            pipeline.enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(server.body).contains("\"status\":404");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void ofTheMatchingItselfIsNoWayThrough() throws IOException {
            FakeServer server = new FakeServer("GET", "/open") {
                @Override
                public @Nullable String header(String name) {
                    throw new IllegalStateException("the server broke");
                }
            };
            Passage passage = pipeline().enter(server);
            assertThat(passage.isOpen()).isFalse();
            assertThat(server.status).isEqualTo(500);
            passage.leave(false);
        }
    }
}
