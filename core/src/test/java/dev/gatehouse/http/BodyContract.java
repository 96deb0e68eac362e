// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter owes a request with a body. */
abstract class BodyContract extends OverSockets {

    BodyContract(Host host) {
        super(host);
    }

    @Nested
    class ABodyAboveTheBound {

        @Test
        void isRefusedByItsAnnouncedLengthBeforeTheApplication() throws Exception {
            RawHttp http = serving();
            assertThat(http.sendBody("POST", "/small", "x".repeat(2001)).status())
                    .isEqualTo(413);
            assertThat(served).hasValue(0);
        }

        @Test
        void isRefusedWhenItsLengthFitsNoNumber() throws Exception {
            RawHttp.Answer answer = serving().send("POST", "/small", "Content-Length: 99999999999999999999999");
            assertThat(answer.status()).isIn(400, 413);
            assertThat(served).hasValue(0);
        }

        @Test
        void isCutOffWhileReadWhenItComesInChunks() throws Exception {
            AtomicInteger read = new AtomicInteger();
            RawHttp http = serving(io -> {
                InputStream body = io.body();
                for (int c = body.read(); c >= 0; c = body.read()) {
                    read.incrementAndGet();
                }
                io.answer(200, "all of it");
            });
            assertThat(http.sendChunked("POST", "/small", "x".repeat(5000)).status())
                    .isEqualTo(413);
            assertThat(read).hasValueLessThanOrEqualTo(2000);
        }

        @Test
        void isCutOffEvenWhenTheApplicationSwallowsTheException() throws Exception {
            RawHttp http = serving(io -> {
                int read = 0;
                for (int tries = 0; tries < 10; tries++) {
                    try {
                        read += io.body().readAllBytes().length;
                    } catch (IOException e) {
                        read += 0;
                    }
                }
                io.answer(200, "read " + read);
            });
            assertThat(http.sendChunked("POST", "/small", "x".repeat(50_000)).body())
                    .doesNotContain("50000");
        }
    }

    @Nested
    class ABodyInACodingThatNobodyUndoes {

        @ParameterizedTest
        @ValueSource(
                strings = {"gzip, chunked", "identity", "chunked, chunked", "chunked\r\nTransfer-Encoding: chunked"})
        void isRefused(String coding) throws Exception {
            lingering = new Lingering(1000, Duration.ofMillis(100), 10);
            RawHttp http = serving(io -> io.answer(200, "read " + io.body().readAllBytes().length));
            RawHttp.Answer answer = http.sendHalf("POST", "/open", "0\r\n\r\n", "Transfer-Encoding: " + coding);
            assertThat(answer.status()).isIn(400, 501);
            assertThat(served).hasValue(0);
        }
    }

    @Nested
    class ABodyThatIsTooSlow {

        @Test
        void isRefusedWhenItTrickles() throws Exception {
            lingering = new Lingering(1000, Duration.ofMillis(100), 10);
            RawHttp http = serving(io -> io.answer(200, "read " + io.body().readAllBytes().length));
            RawHttp.Talk talk = http.talk("POST", "/hurry", "Content-Length: 1000000");
            talk.trickleUntilAnswered();
            assertThat(talk.answer().status()).isEqualTo(408);
            assertThat(completion().status()).isEqualTo(408);
        }

        /** A server that ends such a read by closing the connection has nobody left to answer. */
        @Test
        void doesNotHoldItsThreadWhenItIsSilent() throws Exception {
            lingering = new Lingering(1000, Duration.ofMillis(100), 10);
            RawHttp http = serving(io -> io.answer(200, "read " + io.body().readAllBytes().length));
            RawHttp.Talk talk = http.talk("POST", "/hurry", "Content-Length: 1000000");
            completion();
            assertThat(pipeline().awaitIdle(Deadline.after(Duration.ofSeconds(10))))
                    .isTrue();
            assertThat(talk.answer().status()).isIn(408, -1);
        }
    }
}
