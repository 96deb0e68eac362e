// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter owes a client that is answered while it still sends, and what it does not. */
abstract class UnreadBodyContract extends OverSockets {

    private static final int MANY = 1 << 20;
    private final Deadline patience = Deadline.after(Duration.ofSeconds(10));

    UnreadBodyContract(Host host) {
        super(host);
    }

    @Nested
    class AnAnswerBeforeTheBodyIsRead {

        private static final String PROMISED = "Content-Length: 1000";

        @Test
        void tellsThatTheConnectionEndsWhenItIsARefusal() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/nowhere", "", PROMISED);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void tellsThatTheConnectionEndsWhenItIsTheApplications() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/open", "some", PROMISED);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void tellsThatTheConnectionEndsWhenTheBodyComesInChunks() throws Exception {
            RawHttp.Answer answer = serving().keptOpen("POST", "/nowhere", "", "Transfer-Encoding: chunked");
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }

        @Test
        void keepsTheConnectionWhenTheApplicationReadItAll() throws Exception {
            RawHttp http = serving(io -> {
                byte[] body = io.body().readNBytes(1000);
                io.answer(200, "read " + body.length);
            });
            RawHttp.Answer answer = http.keptOpen("POST", "/open", "x".repeat(1000), PROMISED);
            assertThat(answer.body()).isEqualTo("read 1000");
            assertThat(answer.headers("Connection")).doesNotContain("close");
        }
    }

    @Nested
    class AClientThatWritesItAllBeforeItReads {

        @ParameterizedTest
        @ValueSource(ints = {2001, 64 * 1024 + 1, MANY})
        void seesThatItsBodyIsTooLarge(int bytes) throws Exception {
            RawHttp.Talk talk = serving().talk("POST", "/small", "Content-Length: " + bytes);
            talk.writeSlowly(bytes);
            assertRefused(talk.answer(), 413);
            assertThat(served).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(ints = {64 * 1024 + 1, MANY})
        void seesThatItIsNotSignedIn(int bytes) throws Exception {
            RawHttp.Talk talk = serving().talk("POST", "/admin", "Content-Length: " + bytes);
            talk.writeSlowly(bytes);
            assertRefused(talk.answer(), 401);
        }

        @Test
        void seesThatItIsRefusedWhenItSendsChunks() throws Exception {
            RawHttp.Talk talk = serving().talk("POST", "/admin", "Transfer-Encoding: chunked");
            talk.writeChunksSlowly(MANY);
            assertRefused(talk.answer(), 401);
        }

        @Test
        void seesThatItsChunksBecameTooLarge() throws Exception {
            RawHttp http = serving(io -> io.answer(200, "read " + io.body().readAllBytes().length));
            RawHttp.Talk talk = http.talk("POST", "/small", "Transfer-Encoding: chunked");
            talk.writeChunksSlowly(MANY);
            assertRefused(talk.answer(), 413);
        }

        @Test
        void seesWhatTheApplicationSaysWithoutReading() throws Exception {
            RawHttp.Talk talk = serving().talk("POST", "/big", "Content-Length: " + MANY);
            talk.writeSlowly(MANY);
            assertThat(talk.answer().body()).isEqualTo("hello");
        }

        @Test
        void seesWhereTheApplicationSendsIt() throws Exception {
            RawHttp http = serving(io -> {
                io.header("Location", "/login");
                io.answer(303, "");
            });
            RawHttp.Talk talk = http.talk("POST", "/big", "Content-Length: " + MANY);
            talk.writeSlowly(MANY);
            RawHttp.Answer answer = talk.answer();
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/login");
        }

        @Test
        void seesThatTheApplicationFailed() throws Exception {
            RawHttp http = serving(io -> {
                throw new IllegalStateException("before reading");
            });
            RawHttp.Talk talk = http.talk("POST", "/big", "Content-Length: " + MANY);
            talk.writeSlowly(MANY);
            assertRefused(talk.answer(), 500);
        }

        @Tag("soak")
        @RepeatedTest(300)
        void seesItEveryTime() throws Exception {
            seesThatItsBodyIsTooLarge(64 * 1024 + 1);
        }
    }

    @Nested
    class AClientThatNeverEndsItsBody {

        @Test
        void isAnsweredAtOnceAndIsNotInFlight() throws Exception {
            RawHttp http = serving();
            try (RawHttp.Talk talk = http.talk("POST", "/small", "Content-Length: " + MANY)) {
                assertThat(completion().status()).isEqualTo(413);
                assertThat(talk.firstAnswer().status()).isEqualTo(413);
                assertThat(pipeline().awaitIdle(patience)).isTrue();
            }
        }

        @Test
        void isCutOffWhenItsTimeIsOver() throws Exception {
            lingering = new Lingering(MANY, Duration.ofMillis(200), 10);
            RawHttp.Talk talk = serving().talk("POST", "/small", "Content-Length: " + MANY);
            talk.trickleUntilCut();
            assertRefused(talk.answer(), 413);
        }

        @Test
        void isCutOffWhenItIsSilent() throws Exception {
            lingering = new Lingering(MANY, Duration.ofMillis(200), 10);
            assertRefused(
                    serving().talk("POST", "/small", "Content-Length: " + MANY).answer(), 413);
        }

        @Test
        void isCutOffWhenItHasSentTooMuch() throws Exception {
            lingering = new Lingering(MANY, Duration.ofMinutes(1), 10);
            RawHttp.Talk talk = serving().talk("POST", "/small", "Transfer-Encoding: chunked");
            assertThat(talk.writeChunksUntilCut(64 * MANY)).isLessThan(64 * MANY);
        }

        @Test
        void doesNotKeepOthersOut() throws Exception {
            lingering = new Lingering(MANY, Duration.ofMinutes(1), 3);
            RawHttp http = serving();
            List<RawHttp.Talk> many = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                many.add(http.talk("POST", "/small", "Content-Length: " + MANY));
            }
            assertThat(http.send("GET", "/open").status()).isEqualTo(200);
            for (int i = 0; i < 51; i++) {
                completion();
            }
            assertThat(pipeline().awaitIdle(patience)).isTrue();
            while (pipeline().closedAbruptly() < 47 && !patience.expired()) {
                Thread.onSpinWait();
            }
            assertThat(pipeline().closedAbruptly()).isEqualTo(47);
            for (RawHttp.Talk talk : many) {
                talk.close();
            }
        }
    }

    private static void assertRefused(RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.whole()).as(answer.text()).isTrue();
        assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    }
}
