// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An HTTP answer that says the dependency cannot serve: 429, or 500 and above. */
public final class ErrorStatusException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final Duration MOST = Duration.ofHours(1);

    private final transient HttpResponse<?> response;

    ErrorStatusException(HttpResponse<?> response) {
        super("HTTP status " + response.statusCode());
        this.response = response;
    }

    /** The answer itself. */
    public HttpResponse<?> response() {
        return response;
    }

    /** How long it asked to be left alone, in the form of seconds; nothing when it did not, an hour at most. */
    public Duration retryAfter() {
        String value = response.headers().firstValue("Retry-After").orElse("0");
        if (!value.matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(value));
        return asked.compareTo(MOST) < 0 ? asked : MOST;
    }

    static boolean isError(HttpResponse<?> response) {
        return response.statusCode() == 429 || response.statusCode() >= 500;
    }
}
