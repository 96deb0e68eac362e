// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.examples.shop.config.ShopConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Opens the shop's database: an H2 file that loses no acknowledged commit, or PostgreSQL. */
public final class Database {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 16;

    private Database() {}

    /** A pool of connections to the database of {@code db}, an H2 file in {@code data} when it names none. */
    public static HikariDataSource open(ShopConfig.Db db, Path data) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("shop");
        config.setJdbcUrl(db.url().orElseGet(() -> h2(data.resolve("shop"))));
        config.setUsername(db.user().orElse(db.url().isPresent() ? null : "sa"));
        db.password().ifPresent(password -> config.setPassword(password.reveal()));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setValidationTimeout(LONGEST_WAIT.dividedBy(2).toMillis());
        config.setAutoCommit(true);
        socketTimeout(db.url()).ifPresent(millis -> config.addDataSourceProperty("socketTimeout", millis));
        return new HikariDataSource(config);
    }

    /**
     * async: an interrupt of a thread that writes, as when a guard's or a job's time is over, closes the file of H2's default
     * file system, and with it the database. WRITE_DELAY=0: a commit that was acknowledged is in the file. DB_CLOSE_ON_EXIT=FALSE: the shop closes it after it has
     * drained, not H2 when the signal comes.
     */
    public static String h2(Path file) {
        return "jdbc:h2:async:" + file.toAbsolutePath().normalize() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** Whether the database answers: without it, requests must not come here. */
    public static HealthCheck health(DataSource database) {
        return HealthCheck.required("database", () -> {
            try (Connection connection = database.getConnection()) {
                return connection.isValid(1) ? HealthStatus.up() : HealthStatus.down("does not answer");
            }
        });
    }

    private static Optional<String> socketTimeout(Optional<String> url) {
        return url.filter(value -> value.startsWith("jdbc:postgresql:")).map(value -> "10");
    }
}
