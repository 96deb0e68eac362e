// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.catalogue;

import dev.gatehouse.json.JsonWriter;

/**
 * Something the shop sells.
 *
 * @param sku its stock keeping unit
 * @param name for people
 * @param price in cents
 * @param currency an ISO 4217 code
 */
public record Product(String sku, String name, long price, String currency) {

    /** Writes it as one JSON object. */
    public void writeTo(JsonWriter json) {
        json.beginObject()
                .field("sku", sku)
                .field("name", name)
                .field("price", price)
                .field("currency", currency)
                .endObject();
    }
}
