// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a request ends, whatever the adapter. */
abstract class LifetimeContract extends OverSockets {

    LifetimeContract(Host host) {
        super(host);
    }

    @Nested
    class AnAnswerThatComesLater {

        @Test
        void isWholeAndEndsOnlyThen() throws Exception {
            CountDownLatch released = new CountDownLatch(1);
            CountDownLatch returned = new CountDownLatch(1);
            RawHttp http = serving(io -> {
                io.later(later -> {
                    released.await();
                    later.answer(202, "later");
                });
                returned.countDown();
            });
            var answer = elsewhere.submit(() -> http.send("GET", "/open"));
            assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(completions).isEmpty();
            assertThat(pipeline().inFlight()).isEqualTo(1);
            released.countDown();
            assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(202);
            assertThat(answer.get().headers("X-Frame-Options")).containsExactly("DENY");
            assertThat(completion().status()).isEqualTo(202);
            assertThat(completions).isEmpty();
        }

        @Test
        void boundsItsBodyToo() throws Exception {
            RawHttp http = serving(io -> io.later(later -> {
                int status = 200;
                try {
                    later.body().readAllBytes();
                } catch (RequestBodyException e) {
                    status = 413;
                }
                later.answer(status, "");
            }));
            assertThat(http.sendChunked("POST", "/small", "x".repeat(5000)).status())
                    .isEqualTo(413);
        }
    }

    @Nested
    class WhileShuttingDown {

        @Test
        void newRequestsAreRefusedAndThoseInProgressFinish() throws Exception {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            RawHttp http = serving(io -> {
                inside.countDown();
                released.await();
                io.answer(200, "finished");
            });
            var slow = elsewhere.submit(() -> http.send("GET", "/open"));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            pipeline().refuseNew();
            RawHttp.Answer refused = http.exchange("GET /open HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(pipeline().awaitIdle(Deadline.after(Duration.ZERO))).isFalse();
            released.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("finished");
            assertThat(pipeline().awaitIdle(Deadline.after(Duration.ofSeconds(10))))
                    .isTrue();
        }
    }
}
