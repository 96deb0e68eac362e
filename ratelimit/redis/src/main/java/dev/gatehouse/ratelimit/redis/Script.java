// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** A script that the server runs as one command, named by its digest. Immutable. */
final class Script {

    private final byte[] source;
    private final String digest;

    private Script(byte[] source) {
        this.source = source;
        this.digest = Base16.digest(source);
    }

    /** The script of this file beside this class. */
    static Script of(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            return new Script(Objects.requireNonNull(in, file).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call of this script. */
    Call call(byte[][] keys, byte[][] arguments) {
        return new Call(keys, arguments);
    }

    /** Whether the server does not know the script, and so did not run it. */
    static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException;
    }

    /** One call, to be sent once. */
    final class Call {

        private final byte[][] keys;
        private final byte[][] arguments;

        private Call(byte[][] keys, byte[][] arguments) {
            this.keys = keys;
            this.arguments = arguments;
        }

        /** Sends the script's digest only. */
        RedisFuture<List<Long>> send(RedisScriptingAsyncCommands<byte[], byte[]> redis) {
            return redis.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
        }

        /** Sends the script itself, which the server then knows: for one that forgot it, or never had it. */
        RedisFuture<List<Long>> sendWhole(RedisScriptingAsyncCommands<byte[], byte[]> redis) {
            return redis.eval(source, ScriptOutputType.MULTI, keys, arguments);
        }
    }
}
