// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.List;

/**
 * Refuses a request whose body is announced as larger than the route allows, before anything reads it, and one whose body
 * comes in a coding that nobody undoes: a server that passes over a coding reads other bytes than a proxy in front of it did
 * (RFC 9112, section 6.1).
 */
final class BodyBounds implements Interceptor {

    private static final Verdict MALFORMED = Verdict.answer(Problems.badRequest("Content-Length is malformed."));

    private static final Verdict CODED = Verdict.answer(Problem.of(
            501, "Not implemented", "A body comes as it is, or in chunks; no other transfer coding is known."));

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        List<String> codings = exchange.headers("Transfer-Encoding");
        boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        if (!codings.isEmpty() && !chunked) {
            return CODED;
        }
        String announced = exchange.header("Content-Length");
        if (announced == null) {
            return Verdict.proceed();
        }
        long length = HeaderText.decimal(announced);
        if (length < 0) {
            return MALFORMED;
        }
        long limit = exchange.route().bodyLimit();
        return length <= limit ? Verdict.proceed() : Verdict.answer(Problems.tooLarge(limit));
    }
}
