// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.limits;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.config.Secret;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.postgresql.PostgresLimitStore;
import dev.gatehouse.ratelimit.redis.RedisLimitStore;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A limiter of an account's requests that a fleet shares, on a server of this machine, or one bare round trip to it. */
@FunctionalInterface
public interface SharedLimiter {

    /** Whether account {@code number} may do one thing more. */
    boolean allows(int number) throws SQLException;

    /** The limiter of this name, on the servers that {@code REDIS_URL} and {@code JDBC_URL} name. */
    static SharedLimiter named(String name) throws SQLException {
        return switch (name) {
            case "redis-get" -> redisGet();
            case "redis-script" -> redisScript();
            case "redis-gatehouse" -> redis();
            case "redis-bucket4j" -> redisBucket4j();
            case "postgresql-select" -> postgresqlSelect();
            case "postgresql-gatehouse" -> postgresql();
            case "postgresql-bucket4j" -> postgresqlBucket4j();
            default -> throw new IllegalArgumentException("benchmark: there is no limiter '" + name + "'");
        };
    }

    private static SharedLimiter redisGet() {
        RedisCommands<String, String> redis = client().connect().sync();
        return number -> redis.get("nothing-" + number) == null;
    }

    /** The least that a script can do: read the clock, read a key and write it. */
    private static SharedLimiter redisScript() {
        RedisCommands<String, String> redis = client().connect().sync();
        String digest = redis.scriptLoad("local t = redis.call('TIME') local s = redis.call('GET', KEYS[1])"
                + " redis.call('SET', KEYS[1], t[1], 'PX', ARGV[1]) return s and 1 or 1");
        return number -> {
            Long one = redis.evalsha(digest, ScriptOutputType.INTEGER, new String[] {"bare-" + number}, "60000");
            return one == 1;
        };
    }

    private static SharedLimiter redis() {
        return of(RedisLimitStore.builder(Secret.of(variable("REDIS_URL")))
                .waitAtMost(Duration.ofSeconds(1))
                .build());
    }

    private static SharedLimiter redisBucket4j() {
        ProxyManager<String> buckets = Bucket4jLettuce.casBasedBuilder(
                        client().connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)))
                .build();
        return number ->
                buckets.getProxy("bucket-" + number, SharedLimiter::plenty).tryConsume(1);
    }

    private static SharedLimiter postgresqlSelect() {
        HikariDataSource pool = pool();
        return number -> {
            try (Connection connection = pool.getConnection();
                    PreparedStatement select = connection.prepareStatement("SELECT ?::int")) {
                select.setInt(1, number);
                return select.execute();
            }
        };
    }

    private static SharedLimiter postgresql() {
        HikariDataSource pool = pool();
        Migrations.migrate(pool, PostgresLimitStore.SCHEMA);
        return of(PostgresLimitStore.builder(pool)
                .waitAtMost(Duration.ofSeconds(1))
                .build());
    }

    private static SharedLimiter postgresqlBucket4j() throws SQLException {
        HikariDataSource pool = pool();
        try (Connection connection = pool.getConnection();
                Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE IF NOT EXISTS bucket(id BIGINT PRIMARY KEY, state BYTEA, expires_at BIGINT)");
        }
        ProxyManager<Long> buckets =
                Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool).build();
        return number -> buckets.getProxy((long) number, SharedLimiter::plenty).tryConsume(1);
    }

    private static SharedLimiter of(LimitStore store) {
        List<Limit> limits = List.of(Limit.of("plenty", KeyedLimiter.PLENTY, KeyedLimiter.LONG));
        return number ->
                store.take(LimitKey.account("account-" + number), limits, 1).allowed();
    }

    private static BucketConfiguration plenty() {
        return BucketConfiguration.builder()
                .addLimit(limit ->
                        limit.capacity(KeyedLimiter.PLENTY).refillGreedy(KeyedLimiter.PLENTY, KeyedLimiter.LONG))
                .build();
    }

    private static RedisClient client() {
        return RedisClient.create(variable("REDIS_URL"));
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(variable("JDBC_URL"));
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(
                    "benchmark: " + name + " is not set; run it through benchmarks/with-servers");
        }
        return value;
    }
}
