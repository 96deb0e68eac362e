// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.ratelimit.LimitStoreException;
import dev.gatehouse.time.Ticker;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls scripts and waits for their answers, all in all no longer than the bound. The client library's own timeout does not
 * apply to commands sent this way. Thread-safe.
 */
final class Caller implements AutoCloseable {

    private final RedisLink link;
    private final long waitNanos;
    private final Ticker ticker;

    Caller(RedisLink link, long waitNanos, Ticker ticker) {
        this.link = link;
        this.waitNanos = waitNanos;
        this.ticker = ticker;
    }

    List<Long> call(Script.Call call) {
        return callAll(List.of(call)).get(0);
    }

    /** Sends all before it waits for any: one round trip, but for a server that does not know the script. */
    List<List<Long>> callAll(List<Script.Call> calls) {
        long deadline = ticker.nanos() + waitNanos;
        List<RedisFuture<List<Long>>> sent = new ArrayList<>(calls.size());
        for (Script.Call call : calls) {
            sent.add(send(call));
        }
        List<List<Long>> answers = new ArrayList<>(calls.size());
        for (int i = 0; i < sent.size(); i++) {
            answers.add(await(calls.get(i), sent.get(i), deadline));
        }
        link.answered();
        return answers;
    }

    @Override
    public void close() {
        link.close();
    }

    private RedisFuture<List<Long>> send(Script.Call call) {
        try {
            return call.send(link.commands());
        } catch (RedisException e) {
            throw failed(e);
        }
    }

    private List<Long> await(Script.Call call, RedisFuture<List<Long>> sent, long deadline) {
        try {
            return answer(sent, deadline);
        } catch (ExecutionException e) {
            if (!Script.isUnknown(cause(e))) {
                throw failed(cause(e));
            }
        }
        try {
            return answer(call.sendWhole(link.commands()), deadline);
        } catch (ExecutionException e) {
            throw failed(cause(e));
        }
    }

    private List<Long> answer(RedisFuture<List<Long>> sent, long deadline) throws ExecutionException {
        try {
            return sent.get(Math.max(0, deadline - ticker.nanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw failed(e);
        } catch (CancellationException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new LimitStoreException("redis: interrupted while waiting for the answer", e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        return Objects.requireNonNullElse(e.getCause(), e);
    }

    private LimitStoreException failed(Throwable cause) {
        link.failed(cause);
        String what = cause instanceof TimeoutException
                ? "no answer within " + TimeUnit.NANOSECONDS.toMillis(waitNanos) + " ms"
                : String.valueOf(cause.getMessage());
        return new LimitStoreException("redis: " + what, cause);
    }
}
