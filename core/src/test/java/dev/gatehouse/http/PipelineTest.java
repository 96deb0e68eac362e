// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipelineTest extends APipeline {

    @Nested
    class TheOrder {

        @Test
        void isThatOfThePhasesAndThenOfRegistrationAndAfterwardsTheReverse() throws IOException {
            Pipeline pipeline = pipeline(
                    new Step("access", Phase.ACCESS),
                    new Step("account", Phase.ACCOUNT),
                    new Step("edge1", Phase.EDGE),
                    new Step("observe", Phase.OBSERVE),
                    new Step("edge2", Phase.EDGE),
                    new Step("identity", Phase.IDENTITY),
                    new Step("context", Phase.CONTEXT));
            pipeline.enter(get("/open")).leave(false);
            assertThat(journal)
                    .containsExactly(
                            "+context",
                            "+observe",
                            "+edge1",
                            "+edge2",
                            "+identity",
                            "+account",
                            "+access",
                            "-access",
                            "-account",
                            "-identity",
                            "-edge2",
                            "-edge1",
                            "-observe",
                            "-context");
        }

        @Test
        void measuresAndLimitsWhatMatchesNoRouteButIdentifiesNobody() throws IOException {
            Pipeline pipeline = pipeline(
                    new Step("observe", Phase.OBSERVE),
                    new Step("edge", Phase.EDGE),
                    new Step("identity", Phase.IDENTITY));
            FakeServer server = get("/nowhere");
            pipeline.enter(server).leave(false);
            assertThat(server.status).isEqualTo(404);
            assertThat(journal).containsExactly("+observe", "+edge", "-edge", "-observe");
            assertThat(completions).allMatch(completion -> completion.status() == 404);
        }

        @Test
        void endsWithTheFirstThatAnswers() throws IOException {
            Step refusing = new Step("edge", Phase.EDGE) {
                @Override
                public Verdict before(Exchange exchange) {
                    super.before(exchange);
                    return Verdict.answer(Problem.of(429, "Slow down", "").header("Retry-After", "7"));
                }
            };
            FakeServer server = get("/open");
            Passage passage = pipeline(new Step("observe", Phase.OBSERVE), refusing, new Step("account", Phase.ACCOUNT))
                    .enter(server);
            assertThat(passage.isOpen()).isFalse();
            passage.leave(false);
            assertThat(server.status).isEqualTo(429);
            assertThat(server.sent("Retry-After")).isEqualTo("7");
            assertThat(journal).containsExactly("+observe", "+edge", "-edge", "-observe");
        }
    }

    @Nested
    class TheEnd {

        @Test
        void isToldEvenWhenAnotherStepThrowsOnHearingOfIt() throws IOException {
            Step throwing = new Step("bad", Phase.EDGE) {
                @Override
                public void after(Exchange exchange, Completion completion) {
                    throw new AssertionError("broken");
                }
            };
            Pipeline pipeline = pipeline(new Step("observe", Phase.OBSERVE), throwing, new Step("edge", Phase.EDGE));
            pipeline.enter(get("/open")).leave(false);
            assertThat(journal).containsExactly("+observe", "+bad", "+edge", "-edge", "-observe");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void isToldOnceHoweverOftenItIsAnnounced() throws IOException {
            Pipeline pipeline = pipeline(new Step("observe", Phase.OBSERVE));
            Passage passage = pipeline.enter(get("/open"));
            passage.leave(true);
            assertThat(journal).containsExactly("+observe");
            passage.end();
            passage.end();
            assertThat(journal).containsExactly("+observe", "-observe");
            assertThat(pipeline.inFlight()).isZero();
        }

        @Test
        void comesWithinTheRequestsContextOnWhicheverThread() throws Exception {
            List<String> ids = new ArrayList<>();
            Step recording = new Step("observe", Phase.OBSERVE) {
                @Override
                public void after(Exchange exchange, Completion completion) {
                    ids.add(RequestContext.current().requestId().orElse("none"));
                }
            };
            Passage passage = pipeline(recording).enter(get("/open").with("X-Request-Id", "mine"));
            passage.leave(true);
            elsewhere(passage::end);
            assertThat(ids).containsExactly("mine");
        }

        @Test
        void tellsTheElapsedTimeOfTheSettingsTicker() throws IOException {
            long[] nanos = {100};
            PipelineSettings settings =
                    PipelineSettings.builder().ticker(() -> nanos[0]).build();
            Passage passage =
                    pipeline(settings, new Step("observe", Phase.OBSERVE)).enter(get("/open"));
            nanos[0] = 350;
            passage.leave(false);
            assertThat(completions.get(0).elapsedNanos()).isEqualTo(250);
        }
    }

    @Nested
    class AProtectedRoute {

        @Test
        void answers401ToNobodyAnd403ToSomebody() throws IOException {
            assertThat(answered(get("/member"), pipeline()).status).isEqualTo(401);
            Step known = new Step("identity", Phase.IDENTITY) {
                @Override
                public Verdict before(Exchange exchange) {
                    exchange.context(exchange.context().withAccount("a-1"));
                    return Verdict.proceed();
                }
            };
            assertThat(answered(get("/member"), pipeline(known)).status).isEqualTo(403);
        }

        @Test
        void isNotOpenToAnyoneWhenItHasAConditionOnTop() throws IOException {
            assertThat(answered(get("/strange"), pipeline()).status).isEqualTo(401);
        }

        @Test
        void isRefusedWhenTheServerUnderstandsAnotherPath() throws IOException {
            FakeServer server = get("/open");
            server.understood = false;
            assertThat(answered(server, pipeline()).status).isEqualTo(400);
        }

        private FakeServer answered(FakeServer server, Pipeline pipeline) throws IOException {
            Passage passage = pipeline.enter(server);
            assertThat(passage.isOpen()).isFalse();
            passage.leave(false);
            return server;
        }
    }

    @Nested
    class Draining {

        @Test
        void waitsForWhatIsInProgressAndNoLonger() throws Exception {
            Pipeline pipeline = pipeline();
            Passage slow = pipeline.enter(get("/open"));
            slow.leave(true);
            pipeline.refuseNew();
            FakeServer late = get("/open");
            pipeline.enter(late).leave(false);
            assertThat(late.status).isEqualTo(503);
            assertThat(late.sent("Connection")).isEqualTo("close");
            assertThat(pipeline.awaitIdle(Deadline.after(Duration.ZERO))).isFalse();
            elsewhere(slow::end);
            assertThat(pipeline.awaitIdle(Deadline.after(Duration.ofSeconds(10))))
                    .isTrue();
        }
    }
}
