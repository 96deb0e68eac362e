// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.resilience.feature.FeatureState;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.Notice;
import java.util.Locale;
import java.util.Optional;

/** Products over HTTP. */
public final class ProductHandlers {

    private static final int LONGEST_QUERY = 100;

    private final ProductSearch search;
    private final Features features;

    /** Finds products with {@code search}; {@code features} says what to tell of it. */
    public ProductHandlers(ProductSearch search, Features features) {
        this.search = search;
        this.features = features;
    }

    /** What to tell a customer who gets these results. */
    public static Optional<Notice> notice(Features features, ProductSearch.Found found) {
        return found.stale() ? features.notice("search", FeatureState.DEGRADED, Locale.ENGLISH) : Optional.empty();
    }

    /** GET /api/products. */
    public Answer list(Call call) {
        String query = call.query("q").orElse("").strip();
        if (query.length() > LONGEST_QUERY) {
            throw Refusal.of("q", "must be at most " + LONGEST_QUERY + " characters");
        }
        ProductSearch.Found found = search.find(query);
        JsonWriter json = new JsonWriter().beginObject().name("items").beginArray();
        found.products().forEach(product -> product.writeTo(json));
        json.endArray()
                .field("stale", found.stale())
                .field("notice", notice(features, found).map(Notice::sentence).orElse(null));
        return Answer.json(200, json.endObject());
    }
}
