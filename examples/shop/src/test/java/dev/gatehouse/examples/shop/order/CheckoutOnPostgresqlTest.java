// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

class CheckoutOnPostgresqlTest extends CheckoutContract {

    @Override
    DataSource database() {
        return TestDatabases.postgresql();
    }
}
