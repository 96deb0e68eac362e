// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter owes a request: the route it names, and nothing but that. */
abstract class RoutingContract extends OverSockets {

    RoutingContract(Host host) {
        super(host);
    }

    @Nested
    class AnOrdinaryRequest {

        @Test
        void reachesTheApplicationAndIsAnswered() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(completion().status()).isEqualTo(200);
        }

        @Test
        void bearsTheSecurityHeadersOnceEach() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open");
            assertThat(answer.headers("Content-Security-Policy")).hasSize(1);
            assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers("X-Frame-Options")).containsExactly("DENY");
            assertThat(answer.headers("Referrer-Policy")).containsExactly("same-origin");
            assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
        }

        @Test
        void keepsTheCallersRequestId() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open", "X-Request-Id: abc.DEF_1-2");
            assertThat(answer.headers("X-Request-Id")).containsExactly("abc.DEF_1-2");
        }

        @Test
        void getsAnotherRequestIdWhenTheCallersIsUnsafe() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/open", "X-Request-Id: <script>");
            assertThat(answer.header("X-Request-Id")).hasSize(26);
        }

        @Test
        void runsInItsOwnContext() throws Exception {
            RawHttp http = serving(io -> io.answer(
                    200,
                    RequestContext.current() == io.exchange().context()
                            ? RequestContext.current().requestId().orElse("none")
                            : "another context"));
            assertThat(http.send("GET", "/open", "X-Request-Id: mine").body()).isEqualTo("mine");
        }

        @Test
        void readsItsPathVariable() throws Exception {
            RawHttp http = serving(io -> io.answer(200, io.exchange().pathVariable("name")));
            assertThat(http.send("GET", "/open/a%20b%2Bc").body()).isEqualTo("a b+c");
        }

        @Test
        void readsItsWholeBodyUpToTheBound() throws Exception {
            RawHttp http =
                    serving(io -> io.answer(200, Integer.toString(io.body().readAllBytes().length)));
            assertThat(http.sendBody("POST", "/small", "x".repeat(2000)).body()).isEqualTo("2000");
            assertThat(http.sendChunked("POST", "/small", "x".repeat(2000)).body())
                    .isEqualTo("2000");
        }

        @Test
        void getsAHeadWithoutABody() throws Exception {
            RawHttp.Answer answer = serving().send("HEAD", "/open");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Nested
    class ARequestThatNothingServes {

        @Test
        void isNotFound() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/nowhere", "X-Request-Id: r-1");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.body()).contains("\"status\":404", "\"requestId\":\"r-1\"");
            assertThat(answer.headers("X-Request-Id")).containsExactly("r-1");
            assertThat(answer.headers("Content-Security-Policy")).hasSize(1);
            assertThat(served).hasValue(0);
        }

        @Test
        void isToldTheAllowedMethods() throws Exception {
            RawHttp.Answer answer = serving().send("DELETE", "/open");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        }

        @Test
        void isAnsweredWhenItAsksForTheMethods() throws Exception {
            RawHttp.Answer answer = serving().send("OPTIONS", "/open");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
            assertThat(served).hasValue(0);
        }

        @Test
        void getsAProblemWithoutABodyForHead() throws Exception {
            RawHttp.Answer answer = serving().send("HEAD", "/nowhere");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Nested
    class AnAmbiguousPath {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/open/../admin",
                    "/open/%2e%2e/admin",
                    "/open/%2E./admin",
                    "/./admin",
                    "//admin",
                    "/open//admin",
                    "/open/x;y=z",
                    "/open;a=b/x",
                    "/open/a%2Fb",
                    "/open/a%5cb",
                    "/open/a\\b",
                    "/open/a%00b",
                    "/open/a%0d%0ab",
                    "/open/a%3Bb",
                    "/open/%c0%ae%c0%ae",
                    "/open/%ff",
                    "/open/%ed%a0%80",
                    "/open/%",
                    "/open/%4",
                    "/open/%zz",
                    "/open/%u0041",
                    "*"
                })
        void isRefusedBeforeTheApplication(String target) throws Exception {
            RawHttp.Answer answer = serving().send("GET", target);
            assertThat(answer.status()).isIn(400, 404); // 404 from a server that never shows it to us
            assertThat(served).hasValue(0);
        }

        @Test
        void isMatchedDecodedSoThatAnEncodedLetterOpensNothing() throws Exception {
            assertThat(serving().send("GET", "/%61dmin").status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void ofTheWholeUriIsMatchedByItsPath() throws Exception {
            assertThat(serving().send("GET", "http://localhost/admin").status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void thatIsTooLongIsRefused() throws Exception {
            assertThat(serving().send("GET", "/open/" + "x".repeat(3000)).status())
                    .isEqualTo(414);
        }
    }
}
