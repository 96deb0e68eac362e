// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.web;

import dev.gatehouse.http.Problem;
import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a handler answers. Immutable. */
public sealed interface Answer {

    /**
     * A response.
     *
     * @param status the status code
     * @param contentType the body's media type, empty without a body
     * @param text the body
     * @param headers further headers
     */
    record Response(int status, String contentType, String text, Map<String, String> headers) implements Answer {

        /** Freezes the headers. */
        public Response {
            headers = Map.copyOf(headers);
        }

        byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** A copy with one more header. */
        public Response header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Response(status, contentType, text, more);
        }
    }

    /**
     * A problem, as JSON or as a page.
     *
     * @param problem what went wrong
     */
    record Failure(Problem problem) implements Answer {}

    /** JSON. */
    static Response json(int status, JsonWriter json) {
        return json(status, json.toString());
    }

    /** JSON that is written already. */
    static Response json(int status, String json) {
        return of(status, "application/json", json);
    }

    /** A page. */
    static Response html(int status, String html) {
        return of(status, "text/html; charset=utf-8", html);
    }

    /** Text of some media type. */
    static Response of(int status, String contentType, String text) {
        return new Response(status, contentType, text, Map.of());
    }

    /** 204. */
    static Response noContent() {
        return of(204, "", "");
    }

    /** 303: a browser goes on at {@code location} with GET. */
    static Response seeOther(String location) {
        return of(303, "", "").header("Location", location);
    }

    /** A problem. */
    static Failure problem(Problem problem) {
        return new Failure(problem);
    }
}
