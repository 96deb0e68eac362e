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
        long length = length(announced);
        if (length < 0) {
            return MALFORMED;
        }
        long limit = exchange.route().bodyLimit();
        return length <= limit ? Verdict.proceed() : Verdict.answer(Problems.tooLarge(limit));
    }

    /** The length, as large as can be when it has more digits than a long; -1 when it is malformed. */
    private static long length(String text) {
        long value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value > Long.MAX_VALUE / 10 - 1 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }
}
