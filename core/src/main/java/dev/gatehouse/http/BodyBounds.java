// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** Refuses a request whose body is announced as larger than the route allows, before anything reads it. */
final class BodyBounds implements Interceptor {

    private static final Verdict MALFORMED = Verdict.answer(Problems.badRequest("Content-Length is malformed."));

    @Override
    public Phase phase() {
        return Phase.EDGE;
    }

    @Override
    public Verdict before(Exchange exchange) {
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
