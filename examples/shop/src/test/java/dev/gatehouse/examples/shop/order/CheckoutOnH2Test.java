// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

class CheckoutOnH2Test extends CheckoutContract {

    @Override
    DataSource database() {
        return TestDatabases.h2();
    }
}
