// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.LimitStoreException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection to each master of a cluster. Lettuce follows the cluster's layout, reading it again every 15 seconds and,
 * at most once a second, when a node redirects or goes away.
 */
final class ClusterLink implements RedisLink {

    private final RedisClusterClient client;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile @Nullable StatefulRedisClusterConnection<byte[], byte[]> connection;

    ClusterLink(List<RedisURI> seeds, LinkOptions options) {
        client = RedisClusterClient.create(seeds);
        client.setOptions(options.cluster());
    }

    @Override
    public RedisScriptingAsyncCommands<byte[], byte[]> commands() {
        StatefulRedisClusterConnection<byte[], byte[]> current = connection;
        if (current == null) {
            var unused = connect();
            throw new LimitStoreException("redis: not connected to the cluster");
        }
        return current.async();
    }

    @Override
    public void answered() {}

    @Override
    public void failed(Throwable failure) {}

    @Override
    public CompletableFuture<?> connect() {
        if (connection != null || !connecting.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return client.refreshPartitionsAsync()
                .thenCompose(layout -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .whenComplete((made, failure) -> {
                    connection = made;
                    connecting.set(false);
                })
                .toCompletableFuture();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
