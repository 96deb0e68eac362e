// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.examples.shop.ShopSchema;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

class CheckoutOnH2Test extends CheckoutContract {

    @Override
    DataSource database() {
        DataSource source = TestDatabases.h2();
        Migrations.migrate(source, JobQueue.SCHEMA, ShopSchema.SCHEMA);
        return source;
    }
}
