// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import dev.gatehouse.examples.shop.json.Json;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.stale.StaleCache;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Searches over HTTP. When the provider does not answer: what it last said to the same query, and for a query it was
 * never asked, the shop's own catalogue filtered; both marked as stale.
 */
public final class HttpSearch implements ProductSearch {

    private static final int MOST_RESULTS = 200;

    private final Guard guard;
    private final HttpClient client;
    private final Supplier<URI> provider;
    private final Catalogue catalogue;
    private final StaleCache<String, List<String>> lastKnown;

    /** Searches at {@code provider}, behind {@code guard}. */
    public HttpSearch(
            Guard guard,
            HttpClient client,
            Supplier<URI> provider,
            Catalogue catalogue,
            StaleCache<String, List<String>> lastKnown) {
        this.guard = guard;
        this.client = client;
        this.provider = provider;
        this.catalogue = catalogue;
        this.lastKnown = lastKnown;
    }

    @Override
    public Found find(String query) {
        String key = query.toLowerCase(Locale.ROOT);
        Outcome<List<String>> outcome = lastKnown.read(key, () -> ask(key));
        if (outcome instanceof Outcome.Success<List<String>> fresh) {
            return new Found(catalogue.find(fresh.value()), false);
        }
        return outcome instanceof Outcome.Served<List<String>> stale
                ? new Found(catalogue.find(stale.value()), true)
                : new Found(catalogue.search(query), true);
    }

    private Outcome<List<String>> ask(String query) {
        URI uri = URI.create(provider.get() + "/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        Outcome<HttpResponse<String>> answer = guard.send(client, request, BodyHandlers.ofString());
        try {
            return answer.map(HttpSearch::skus);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed<>(new IOException("the search provider's answer cannot be read", e));
        }
    }

    private static List<String> skus(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException("status " + response.statusCode());
        }
        return Json.object(response.body(), body -> body.texts("skus", 0, MOST_RESULTS, 40));
    }
}
