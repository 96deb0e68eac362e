// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.LimitStoreException;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.util.concurrent.CompletableFuture;

/** The way to Redis: one multiplexed connection, or one for each node of a cluster. Thread-safe; never waits. */
interface RedisLink extends AutoCloseable {

    /**
     * Where to send commands now.
     *
     * @throws LimitStoreException at once when there is no connection; one is being made then
     */
    RedisScriptingAsyncCommands<byte[], byte[]> commands();

    /** Makes a connection in the background, unless that is under way. Completes when it was made, or was not. */
    CompletableFuture<?> connect();

    /** A command was answered: the connection lives. */
    void answered();

    /** A command was not answered, or with a failure that may mean that the connection leads to the wrong place. */
    void failed(Throwable failure);

    @Override
    void close();
}
