// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter does when a guard, the application or the client fails. */
abstract class FailureContract extends OverSockets {

    FailureContract(Host host) {
        super(host);
    }

    @Nested
    class AGuardThatThrows {

        @ParameterizedTest
        @ValueSource(strings = {"CONTEXT", "OBSERVE", "EDGE", "IDENTITY", "ACCOUNT", "ACCESS"})
        void neverLetsARequestThrough(Phase phase) throws Exception {
            interceptors.add(before(phase, exchange -> {
                throw new IllegalStateException("secret-in-guard");
            }));
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret-in-guard").contains("requestId");
            assertThat(served).hasValue(0);
        }

        @Test
        void neverLetsARequestThroughWithAnErrorEither() throws Exception {
            interceptors.add(before(Phase.EDGE, exchange -> {
                throw new StackOverflowError("deep");
            }));
            assertThat(serving().send("GET", "/open").status()).isEqualTo(500);
            assertThat(served).hasValue(0);
        }
    }

    @Nested
    class AnApplicationThatFails {

        @Test
        void isAnsweredForWithoutInternals() throws Exception {
            RawHttp http = serving(io -> {
                throw new IllegalStateException("jdbc:password");
            });
            RawHttp.Answer answer = http.send("GET", "/open", "X-Request-Id: r-2");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("jdbc:password", "IllegalState", "at dev.");
            assertThat(answer.body()).contains("\"requestId\":\"r-2\"");
            assertThat(completion().error()).hasMessage("jdbc:password");
        }

        @Test
        void losesTheHeadersItSetButNotTheGuards() throws Exception {
            interceptors.add(before(Phase.EDGE, exchange -> {
                exchange.addHeader("Set-Cookie", "rotated=1");
                return Verdict.proceed();
            }));
            RawHttp http = serving(io -> {
                io.header("Content-Disposition", "attachment");
                io.exchange().setHeader("ETag", "\"1\"");
                throw new IllegalStateException("late");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.header("Content-Disposition")).isEmpty();
            assertThat(answer.header("ETag")).isEmpty();
            assertThat(answer.headers("Set-Cookie")).containsExactly("rotated=1");
            assertThat(answer.headers("X-Frame-Options")).containsExactly("DENY");
        }

        @Test
        void withAnErrorIsAnsweredForToo() throws Exception {
            RawHttp http = serving(io -> {
                throw new AssertionError("broken invariant");
            });
            assertThat(http.send("GET", "/open").status()).isEqualTo(500);
            assertThat(completion().error()).isInstanceOf(AssertionError.class);
        }

        @Test
        void doesNotLookLikeASuccessOnceTheResponseIsOnItsWay() throws Exception {
            RawHttp http = serving(io -> {
                OutputStream out = io.stream(200);
                out.write("half".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                throw new IllegalStateException("middle");
            });
            RawHttp.Answer answer = http.getUntilCut("/open");
            assertThat(answer.header("Transfer-Encoding")).isEqualToIgnoringCase("chunked");
            assertThat(answer.whole()).isFalse();
            assertThat(answer.text()).doesNotContain("middle");
            assertThat(completion().error()).hasMessage("middle");
        }
    }

    @Nested
    class AClientThatMisbehaves {

        @Test
        void isNotOurFailureWhenItsBodyIsMalformed() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            RawHttp.Answer answer = http.sendHalf("POST", "/open", "zz\r\nabc", "Transfer-Encoding: chunked");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(completion().error()).isNull();
        }

        @Test
        void isNotOurFailureWhenItsBodyBreaksOff() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            http.sendHalf("POST", "/open", "half", "Content-Length: 1000");
            assertThat(completion().error()).isNull();
        }

        @Test
        void isAnsweredWithTheProblemThatTheApplicationThrows() throws Exception {
            RawHttp http = serving(io -> {
                throw new ProblemException(Problem.of(409, "Conflict", "Still running."));
            });
            assertThat(http.send("GET", "/open").status()).isEqualTo(409);
            assertThat(completion().error()).isNull();
        }

        @Test
        void isAnsweredWithTheProblemThatItsFailureCarriesAndCountsAsOne() throws Exception {
            RawHttp http = serving(io -> {
                throw new IllegalStateException(new StoreDown());
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("7");
            assertThat(completion().error()).hasRootCauseInstanceOf(StoreDown.class);
        }
    }

    @Nested
    class AHeaderWithALineBreak {

        @Test
        void isRefusedFromTheExchange() throws Exception {
            RawHttp http = serving(io -> {
                io.exchange().setHeader("X-Echo", "a\r\nSet-Cookie: planted=1");
                io.answer(200, "");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }

        @Test
        void isRefusedFromTheServersOwnResponse() throws Exception {
            RawHttp http = serving(io -> {
                io.header("X-Echo", "a\r\nSet-Cookie: planted=1");
                io.answer(200, "");
            });
            RawHttp.Answer answer = http.send("GET", "/open");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    /** A failure that says how it is answered. */
    private static final class StoreDown extends RuntimeException implements ProblemCarrier {

        private static final long serialVersionUID = 1;

        @Override
        public Problem problem() {
            return Problem.of(503, "Store down", "Try again.").header("Retry-After", "7");
        }
    }
}
