// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static final Routes ROUTES = Routes.of(
            Route.get("/"),
            Route.get("/orders"),
            Route.post("/orders"),
            Route.get("/orders/export"),
            Route.get("/orders/{id}"),
            Route.delete("/orders/{id}"),
            Route.get("/orders/{order}/lines/{line}"),
            Route.get("/{tenant}/about"),
            Route.get("/folder/"),
            Route.of("OPTIONS", "/probe"));

    private static String found(String method, String path) {
        Match match = ROUTES.match(method, path);
        return match instanceof Match.Found found
                ? found.route().method() + " " + found.route().template()
                : "none";
    }

    private static int refused(String method, String path) {
        return ROUTES.match(method, path) instanceof Match.Refused refused
                ? refused.problem().status()
                : 0;
    }

    @Nested
    class Matching {

        @ParameterizedTest
        @CsvSource({
            "GET, /, GET /",
            "GET, /orders, GET /orders",
            "HEAD, /orders, GET /orders",
            "POST, /orders, POST /orders",
            "GET, /orders/export, GET /orders/export",
            "GET, /orders/%65xport, GET /orders/export",
            "GET, /orders/7, GET /orders/{id}",
            "DELETE, /orders/export, DELETE /orders/{id}",
            "GET, /orders/7/lines/8, GET /orders/{order}/lines/{line}",
            "GET, /orders/about, GET /orders/{id}",
            "GET, /acme/about, GET /{tenant}/about",
            "GET, /folder/, GET /folder/",
            "OPTIONS, /probe, OPTIONS /probe",
            "GET, /nothing, none",
            "GET, /orders/, none",
            "GET, /Orders, none",
            "get, /orders, none",
            "GET, /folder, none"
        })
        void goesByTheWholePathAndPrefersLiterals(String method, String path, String route) {
            assertThat(found(method, path)).isEqualTo(route);
        }

        @Test
        void decodesEachVariableOnce() {
            Match match = ROUTES.match("GET", "/orders/%C3%BC%2520%2B+/lines/a%25");
            assertThat(match)
                    .isInstanceOfSatisfying(
                            Match.Found.class,
                            found -> assertThat(found.values()).containsExactly("ü%20++", "a%"));
        }

        @Test
        void costsNoMemoryForARouteWithoutVariables() {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long id = Thread.currentThread().getId();
            int matched = 0;
            for (int i = 0; i < 20_000; i++) {
                matched += ROUTES.match("HEAD", "/orders/export") instanceof Match.Found ? 1 : 0;
            }
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 10_000; i++) {
                matched += ROUTES.match("HEAD", "/orders/export") instanceof Match.Found ? 1 : 0;
            }
            long bytes = threads.getThreadAllocatedBytes(id) - before;
            assertThat(matched).isEqualTo(30_000);
            assertThat(bytes).isLessThan(10_000);
        }
    }

    @Nested
    class WhatIsNotServed {

        @Test
        void namesTheMethodsThatThePathAnswersTo() {
            assertThat(ROUTES.match("PUT", "/orders/export")).isInstanceOfSatisfying(Match.Refused.class, refused -> {
                assertThat(refused.problem().status()).isEqualTo(405);
                assertThat(refused.problem().headers()).containsEntry("Allow", "DELETE, GET, HEAD, OPTIONS");
            });
        }

        @Test
        void answersOptionsWithTheMethods() {
            assertThat(ROUTES.match("OPTIONS", "/orders")).isEqualTo(new Match.Options("GET, HEAD, OPTIONS, POST"));
            assertThat(refused("OPTIONS", "/nothing")).isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "orders",
                    "*",
                    "//",
                    "//orders",
                    "/orders//7",
                    "/orders/./7",
                    "/orders/../orders",
                    "/orders/%2e",
                    "/orders/%2E%2e",
                    "/orders/.%2e",
                    "/orders/7;v=1",
                    "/orders;x",
                    "/orders/a%3Bb",
                    "/orders/a%2fb",
                    "/orders/a%5Cb",
                    "/orders/a\\b",
                    "/orders/%00",
                    "/orders/%1f",
                    "/orders/%7F",
                    "/orders/%C2%85",
                    "/orders/ ",
                    "/orders/\u0000",
                    "/orders/ü",
                    "/orders/%",
                    "/orders/%1",
                    "/orders/%G1",
                    "/orders/%1G",
                    "/orders/%C0%AF",
                    "/orders/%E0%80%AF",
                    "/orders/%ED%A0%80",
                    "/orders/%F5%80%80%80",
                    "/orders/%FF",
                    "/orders/%C3",
                    "/orders/%+1",
                    "/orders/%-1"
                })
        void includesEveryAmbiguousPath(String path) {
            assertThat(refused("GET", path)).isEqualTo(400);
        }

        @Test
        void includesPathsAboveTheBound() {
            assertThat(refused("GET", "/orders/" + "x".repeat(2048))).isEqualTo(414);
        }
    }

    @Test
    void whateverIsEncodedIsReadBackAndNothingElseMatches() {
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            String value = random.ints(1 + random.nextInt(8), 0x20, 0x2fff)
                    .filter(c -> !Character.isISOControl(c))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String raw = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            Match match = ROUTES.match("DELETE", "/orders/" + raw);
            boolean sound = !value.isEmpty()
                    && !value.equals(".")
                    && !value.equals("..")
                    && value.chars().noneMatch(c -> c == '/' || c == '\\' || c == ';');
            if (sound) {
                assertThat(match)
                        .isInstanceOfSatisfying(
                                Match.Found.class,
                                found -> assertThat(found.values()[0]).isEqualTo(value));
            } else {
                assertThat(match).isInstanceOf(Match.Refused.class);
            }
        }
    }

    @Nested
    class Building {

        @Test
        void refusesTwoRoutesOfOneShape() {
            assertThatThrownBy(() -> Routes.of(Route.get("/a/{x}"), Route.post("/a/{x}"), Route.get("/a/{y}")))
                    .hasMessage("routes: GET /a/{y} has the same method and shape as /a/{x}; remove one");
        }

        @Test
        void namesEverythingThatIsWrongWithARoute() {
            Route route = Route.of("get", "/a/{x}/{x}/b{c}/../%41")
                    .cost(0)
                    .bodyLimit(-1)
                    .deadline(Duration.ZERO)
                    .limitGroup(" ");
            assertThatThrownBy(() -> Routes.of(route))
                    .hasMessageContainingAll(
                            "method must be",
                            "x comes twice",
                            "'b{c}'",
                            "'..'",
                            "'%41'",
                            "cost was 0",
                            "body limit was -1",
                            "deadline was PT0S",
                            "limit group");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "//", "/a//b", "/{}", "/{1a}", "/{a", "/a}", "/a b", "/a;b", "/a?b", "/ü"})
        void refusesTemplatesThatNoPathCouldMatch(String template) {
            assertThatThrownBy(() -> Routes.of(Route.get(template))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void keepsTheOrderDeclared() {
            assertThat(Routes.of(List.of(Route.get("/b"), Route.get("/a"))).all())
                    .extracting(Route::template)
                    .containsExactly("/b", "/a");
        }
    }
}
