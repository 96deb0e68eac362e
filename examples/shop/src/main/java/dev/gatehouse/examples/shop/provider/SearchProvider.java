// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.catalogue.Product;
import dev.gatehouse.json.JsonWriter;
import java.net.URI;

/** The search provider: {@code GET /search?q=} gives the SKUs of the products that match. */
final class SearchProvider implements Provider {

    private final Catalogue index;
    private final ProviderServer server;

    /** Starts it with an index of {@code catalogue}. */
    SearchProvider(Catalogue catalogue) {
        this.index = catalogue;
        this.server = ProviderServer.start("search", this::answer);
    }

    @Override
    public URI url() {
        return server.url();
    }

    private ProviderServer.Reply answer(ProviderServer.Call call) {
        if (!call.method().equals("GET") || !call.path().equals("/search")) {
            return new ProviderServer.Reply(404, "{}");
        }
        JsonWriter json = new JsonWriter().beginObject().name("skus");
        json.value(index.search(call.parameter("q")).stream().map(Product::sku).toList());
        return new ProviderServer.Reply(200, json.endObject().toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
