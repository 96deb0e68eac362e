// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.json.JsonWriter;

/** Products over HTTP. */
public final class ProductHandlers {

    /** What a customer reads while the search provider does not answer. */
    public static final String NOTICE =
            "Search is having trouble just now, so these results may be out of date. Prices are right.";

    private static final int LONGEST_QUERY = 100;

    private final ProductSearch search;

    /** Finds products with {@code search}. */
    public ProductHandlers(ProductSearch search) {
        this.search = search;
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
        json.endArray().field("stale", found.stale()).field("notice", found.stale() ? NOTICE : null);
        return Answer.json(200, json.endObject());
    }
}
