// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** An answer that no server gave. */
record FakeResponse(int statusCode, HttpHeaders headers) implements HttpResponse<String> {

    static FakeResponse of(int status) {
        return new FakeResponse(status, HttpHeaders.of(Map.of(), (name, value) -> true));
    }

    static FakeResponse of(int status, String name, String... values) {
        Map<String, List<String>> fields = Map.of(name, Arrays.asList(values));
        return new FakeResponse(status, HttpHeaders.of(fields, (header, value) -> true));
    }

    @Override
    public HttpRequest request() {
        return HttpRequest.newBuilder(uri()).build();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public String body() {
        return "";
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return URI.create("http://localhost/");
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
