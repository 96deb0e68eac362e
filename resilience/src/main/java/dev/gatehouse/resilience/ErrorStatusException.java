// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An HTTP answer that says the dependency cannot serve. */
public final class ErrorStatusException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient HttpResponse<?> response;
    private final Duration retryAfter;

    ErrorStatusException(HttpResponse<?> response, Duration retryAfter) {
        super("HTTP status " + response.statusCode());
        this.response = response;
        this.retryAfter = retryAfter;
    }

    /** The answer itself. */
    public HttpResponse<?> response() {
        return response;
    }

    /** How long it asked to be left alone, in seconds or until a date; nothing when it did not, an hour at most. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
