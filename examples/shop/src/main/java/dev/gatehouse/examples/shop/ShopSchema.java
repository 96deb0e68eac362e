// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.jdbc.Schema;
import java.util.List;

/** The tables of the shop itself. */
public final class ShopSchema {

    /** Orders and idempotency keys. Its third script moves what waited in the outbox of old into the queue, whose tables come first. */
    public static final Schema SCHEMA = new Schema(
            "shop", "dev/gatehouse/examples/shop/db", List.of("V1__shop.sql", "V2__outbox_shop.sql", "V3__queue.sql"));

    private ShopSchema() {}
}
