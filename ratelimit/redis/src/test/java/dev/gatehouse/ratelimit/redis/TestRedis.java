// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.config.Secret;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A real Redis on a free port, and a way to look into it. */
final class TestRedis implements AutoCloseable {

    private final int port;
    private final RedisServer server;
    private final RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    private TestRedis(int port, RedisServer server) {
        this.port = port;
        this.server = server;
        this.client = RedisClient.create("redis://127.0.0.1:" + port);
    }

    static TestRedis start(String... settings) {
        return startOn(freePort(), settings);
    }

    static TestRedis startOn(int port, String... settings) {
        try {
            var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1");
            builder.setting("save \"\"").setting("appendonly no");
            for (String setting : settings) {
                builder.setting(setting);
            }
            RedisServer server = builder.build();
            server.start();
            return new TestRedis(port, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server of all tests that leave it as it was. */
    static TestRedis shared() {
        return Shared.SERVER;
    }

    int port() {
        return port;
    }

    Secret url() {
        return url(port);
    }

    static Secret url(int port) {
        return Secret.of("redis://127.0.0.1:" + port);
    }

    /** A connection of the test's own, the same at each call; closed with the server. */
    synchronized RedisCommands<String, String> commands() {
        if (connection == null) {
            connection = client.connect();
        }
        return connection.sync();
    }

    @Override
    public void close() {
        client.shutdown();
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final TestRedis SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "test-redis-stop"));
        }
    }
}
