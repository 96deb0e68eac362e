// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.time.Ticker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, or to the master that sentinels name. It is replaced by a new one, which looks the address
 * up again, not only when it breaks: also when the server behind it turns out to be read-only, for after a failover
 * the old master keeps its connections; and when it has been silent, for a network that swallows packets breaks nothing.
 *
 * <p>One attempt at a time, begun by whoever notices.
 */
final class SingleLink implements RedisLink {

    /** Unanswered for so long, a connection is given up. */
    private static final long SILENCE = Duration.ofMillis(500).toNanos();

    private final RedisClient client;
    private final RedisURI uri;
    private final Ticker ticker;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private volatile long lastAnswer;

    SingleLink(RedisURI uri, LinkOptions options, Ticker ticker) {
        this.client = RedisClient.create();
        this.client.setOptions(options.single());
        this.uri = uri;
        this.ticker = ticker;
    }

    @Override
    public RedisScriptingAsyncCommands<byte[], byte[]> commands() {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (current == null || !current.isOpen()) {
            var unused = connect();
            throw new LimitStoreException("redis: not connected");
        }
        return current.async();
    }

    @Override
    public void answered() {
        lastAnswer = ticker.nanos();
    }

    @Override
    public void failed(Throwable failure) {
        if (failure instanceof RedisReadOnlyException || ticker.nanos() - lastAnswer > SILENCE) {
            var unused = connect();
        }
    }

    /** The old connection, if there is one, serves until then. */
    @Override
    public CompletableFuture<?> connect() {
        if (!connecting.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .whenComplete((made, failure) -> settle(made));
    }

    private void settle(@Nullable StatefulRedisConnection<byte[], byte[]> made) {
        if (made != null) {
            StatefulRedisConnection<byte[], byte[]> old = connection;
            lastAnswer = ticker.nanos();
            connection = made;
            if (old != null) {
                var unused = old.closeAsync();
            }
        }
        connecting.set(false);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
