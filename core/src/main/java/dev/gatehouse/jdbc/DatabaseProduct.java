// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases that Gatehouse's SQL is written for. */
public enum DatabaseProduct {
    /** H2, embedded. */
    H2("H2"),
    /** PostgreSQL. */
    POSTGRESQL("PostgreSQL");

    private final String productName;

    DatabaseProduct(String productName) {
        this.productName = productName;
    }

    /** The product behind {@code connection}; throws {@link SchemaException} when it is none of these. */
    public static DatabaseProduct of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(product -> product.productName.equals(name))
                .findFirst()
                .orElseThrow(() -> new SchemaException("database: the product was '" + name + "' but must be one of "
                        + known() + "; point the data source at one of these"));
    }

    /** The folder of this product's scripts below a schema's location: {@code h2}, {@code postgresql}. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String known() {
        return Arrays.stream(values()).map(product -> product.productName).collect(Collectors.joining(", "));
    }
}
