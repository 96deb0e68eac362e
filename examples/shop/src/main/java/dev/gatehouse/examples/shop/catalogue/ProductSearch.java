// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import java.util.List;

/** Finds products. Thread-safe. */
@FunctionalInterface
public interface ProductSearch {

    /** What is known to match {@code query}; everything for an empty one. Never throws. */
    Found find(String query);

    /**
     * What was found.
     *
     * @param products the products
     * @param stale whether the search provider did not answer, so that this is what was known before
     */
    record Found(List<Product> products, boolean stale) {

        /** Freezes the list. */
        public Found {
            products = List.copyOf(products);
        }
    }
}
