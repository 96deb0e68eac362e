// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.Map;

/**
 * Turns a problem into a response. The default writes {@code application/problem+json}; an application's own may render
 * a page, or redirect a browser to its sign-in, and hand everything else to {@link #json()}.
 *
 * <p>Implementations are thread-safe and do not block. When one throws, the problem is written as JSON instead. Nothing
 * a renderer does lets a request through.
 */
@FunctionalInterface
public interface ProblemRenderer {

    /** The response for {@code problem}. The problem's own headers are set whatever the renderer answers. */
    Rendered render(Exchange exchange, Problem problem);

    /** Writes every problem as JSON (RFC 9457), with the request ID. */
    static ProblemRenderer json() {
        return ProblemJson::render;
    }

    /**
     * A response to send.
     *
     * @param status the status, 300 to 599: a redirect or an error
     * @param contentType the body's media type; empty when there is no body
     * @param headers further headers, such as {@code Location}
     * @param body the bytes; not sent to a HEAD request
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes to be written, never compared
    record Rendered(int status, String contentType, Map<String, String> headers, byte[] body) {

        /** Validates the status and freezes the headers. */
        public Rendered {
            if (status < 300 || status > 599) {
                throw new IllegalArgumentException(
                        "problem: rendered status was " + status + " but must be 300 to 599");
            }
            headers = Map.copyOf(headers);
        }

        /** A 303 to {@code location}, so that a browser goes on there with GET. */
        public static Rendered seeOther(String location) {
            return new Rendered(303, "", Map.of("Location", location), new byte[0]);
        }
    }
}
