// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.catalogue.ProductSearch;
import dev.gatehouse.examples.shop.order.Checkout;
import dev.gatehouse.examples.shop.order.OrderStore;
import dev.gatehouse.resilience.feature.Features;

/**
 * What the shopping pages need of the shop.
 *
 * @param search finds products
 * @param catalogue knows their prices
 * @param checkout places orders
 * @param orders keeps them
 * @param features says what works
 */
public record Shelves(
        ProductSearch search, Catalogue catalogue, Checkout checkout, OrderStore orders, Features features) {}
