// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.jdbc.Schema;
import java.util.List;

/** The tables of the shop itself. */
public final class ShopSchema {

    /** Orders, idempotency keys and the outbox. */
    public static final Schema SCHEMA =
            new Schema("shop", "dev/gatehouse/examples/shop/db", List.of("V1__shop.sql", "V2__outbox_shop.sql"));

    private ShopSchema() {}
}
