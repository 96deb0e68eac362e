// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import java.util.function.BooleanSupplier;

/**
 * Search that somebody may turn off: then nobody is asked, and the shop's own catalogue answers.
 *
 * @param search answers while it is on
 * @param catalogue answers while it is off
 * @param isOff whether it is off
 */
public record SwitchedSearch(ProductSearch search, Catalogue catalogue, BooleanSupplier isOff)
        implements ProductSearch {

    @Override
    public Found find(String query) {
        return isOff.getAsBoolean() ? new Found(catalogue.search(query), true) : search.find(query);
    }
}
