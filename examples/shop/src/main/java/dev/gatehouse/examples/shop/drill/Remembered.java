// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Who a restored shop must know: the buyer of its newest order or, without any, the owner of its newest account.
 *
 * @param email the account's address; empty when there is no account at all
 * @param order the newest order, if there is one
 */
record Remembered(Optional<String> email, Optional<String> order) {

    private static final Remembered NOBODY = new Remembered(Optional.empty(), Optional.empty());

    static Remembered in(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT a.email, o.id FROM gatehouse_auth_account a"
                        + " LEFT JOIN shop_order o ON o.account = a.id WHERE a.status = 'ACTIVE'"
                        + " ORDER BY CASE WHEN o.id IS NULL THEN 1 ELSE 0 END, o.created_at DESC, a.created_at DESC"
                        + " LIMIT 1")) {
            return rows.next()
                    ? new Remembered(Optional.of(rows.getString(1)), Optional.ofNullable(rows.getString(2)))
                    : NOBODY;
        } catch (SQLException e) {
            // Without the shop's tables there is nobody; that the shop does not open then is for the shop to say.
            return NOBODY;
        }
    }
}
