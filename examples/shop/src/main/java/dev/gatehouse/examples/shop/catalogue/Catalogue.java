// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything the shop sells. It alone decides prices; the search provider only says what matches. Immutable. */
public final class Catalogue {

    /** The currency of every price. */
    public static final String CURRENCY = "EUR";

    private final Map<String, Product> bySku = new LinkedHashMap<>();

    private Catalogue(Product... products) {
        for (Product product : products) {
            bySku.put(product.sku(), product);
        }
    }

    /** What the Corner Shop sells. */
    public static Catalogue cornerShop() {
        return new Catalogue(
                product("coffee-beans", "Coffee beans, 1 kg", 18_90),
                product("coffee-filter", "Coffee filters, 100", 3_20),
                product("green-tea", "Green tea, 250 g", 9_80),
                product("honey", "Heather honey, 500 g", 8_50),
                product("rye-bread", "Rye bread, 1 kg", 4_60),
                product("olive-oil", "Olive oil, 75 cl", 12_40),
                product("sea-salt", "Sea salt, 250 g", 2_90),
                product("dark-chocolate", "Dark chocolate, 100 g", 3_70),
                product("candle", "Beeswax candle", 6_30),
                product("notebook", "Notebook, 160 pages", 7_90),
                product("umbrella", "Umbrella", 24_00),
                product("lantern", "Storm lantern", 39_50));
    }

    private static Product product(String sku, String name, long price) {
        return new Product(sku, name, price, CURRENCY);
    }

    /** Every product, in the order of the shelves. */
    public List<Product> all() {
        return List.copyOf(bySku.values());
    }

    /** The product of this SKU, if the shop sells it. */
    public Optional<Product> find(String sku) {
        return Optional.ofNullable(bySku.get(sku));
    }

    /** The products of these SKUs, in that order; those the shop does not sell are left out. */
    public List<Product> find(List<String> skus) {
        return skus.stream().flatMap(sku -> find(sku).stream()).toList();
    }

    /** The products whose name or SKU holds every word of {@code query}; all for a blank one. */
    public List<Product> search(String query) {
        List<String> words = Stream.of(query.toLowerCase(Locale.ROOT).trim().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        return bySku.values().stream()
                .filter(product -> matches(product, words))
                .toList();
    }

    private static boolean matches(Product product, List<String> words) {
        String text = (product.sku() + " " + product.name()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }
}
