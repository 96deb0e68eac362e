// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;

/** One HTTP request as the work of a guard. */
record HttpCall<T>(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body)
        implements Work<HttpResponse<T>> {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    HttpCall {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "resilience: the HTTP client follows redirects but must not, for they lead"
                            + " to hosts that were not allowed");
        }
    }

    boolean isIdempotent() {
        return IDEMPOTENT.contains(request.method())
                || request.headers().firstValue("Idempotency-Key").isPresent();
    }

    boolean mayGoTo(Set<String> hosts) {
        URI uri = request.uri();
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return hosts.contains(host) || hosts.contains(host + ":" + port(uri));
    }

    @Override
    public HttpResponse<T> run(Attempt attempt) throws Exception {
        HttpRequest.Builder copy =
                HttpRequest.newBuilder(request, (name, value) -> true).timeout(attempt.remaining());
        HttpResponse<T> response = client.send(copy.build(), body);
        if (ErrorStatusException.isError(response)) {
            throw new ErrorStatusException(response);
        }
        return response;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
