// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.examples.shop.ShopSchema;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

class CheckoutOnPostgresqlTest extends CheckoutContract {

    private static final DataSource SOURCE = migrated();

    private static DataSource migrated() {
        DataSource source = TestDatabases.postgresql();
        Migrations.migrate(source, JobQueue.SCHEMA, ShopSchema.SCHEMA);
        return source;
    }

    @Override
    DataSource database() {
        Jdbi.create(SOURCE)
                .useHandle(handle ->
                        handle.execute("TRUNCATE shop_order, shop_order_line, shop_idempotency, gatehouse_queue_job"));
        return SOURCE;
    }
}
