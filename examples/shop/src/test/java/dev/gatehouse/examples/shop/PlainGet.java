// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A GET without a header of anybody's, but at most one. */
final class PlainGet {

    private PlainGet() {}

    static String of(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).build());
    }

    static String of(URI uri, String header, String value) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).header(header, value).build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
