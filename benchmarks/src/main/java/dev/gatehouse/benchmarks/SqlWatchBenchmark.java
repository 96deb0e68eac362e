// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.observability.sql.SqlWatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What watching a data source costs, on the fastest database there is: H2 in this process' memory, behind HikariCP. A
 * connection is taken, a statement prepared and executed, its rows are read, and all is given back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SqlWatchBenchmark {

    private static final String ONE = "SELECT id, name, price FROM product WHERE id = ?";
    private static final String HUNDRED = "SELECT id, name, price FROM product WHERE id > ?";

    /** Whether it is watched. */
    @Param({"bare", "watched"})
    public String source = "";

    private @Nullable HikariDataSource pool;
    private @Nullable DataSource database;

    /** A table of a hundred rows. */
    @Setup
    public void open() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:watch;DB_CLOSE_DELAY=-1");
        config.setMaximumPoolSize(4);
        HikariDataSource opened = new HikariDataSource(config);
        try (Connection connection = opened.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE product (id INT PRIMARY KEY, name VARCHAR(40), price BIGINT)");
            statement.execute("INSERT INTO product SELECT x, 'product ' || x, x * 100 FROM system_range(1, 100)");
        }
        pool = opened;
        database = source.equals("bare")
                ? opened
                : SqlWatch.slowFrom(Duration.ofSeconds(1)).build().wrap("main", opened, Optional.empty());
    }

    /** Ends the database. */
    @TearDown
    public void close() {
        Objects.requireNonNull(pool).close();
    }

    /** One row by its key. */
    @Benchmark
    public long oneRow() throws SQLException {
        return read(ONE, 50);
    }

    /** A hundred rows of three columns. */
    @Benchmark
    public long hundredRows() throws SQLException {
        return read(HUNDRED, 0);
    }

    private long read(String sql, int id) throws SQLException {
        long sum = 0;
        try (Connection connection = Objects.requireNonNull(database).getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sum += rows.getInt(1) + rows.getString(2).length() + rows.getLong(3);
                }
            }
        }
        return sum;
    }
}
