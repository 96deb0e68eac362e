// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.http.LingeringPlace;
import dev.gatehouse.http.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes exchanges. What a client still sends after its answer is read away by a thread of this class, for the server's own
 * close would wait for it without an end, on the thread that serves. As many threads as places to linger. Thread-safe.
 */
final class LingeringClose {

    private static final Logger LOG = LoggerFactory.getLogger(LingeringClose.class);
    private static final int MOST_AT_A_TIME = 8 * 1024;

    /** What has arrived is read away in this time, even when nobody may linger. */
    private static final Duration ABRUPT = Duration.ofMillis(50);

    private final AtomicInteger made = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-linger-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Closes {@code exchange}, whose answer was written: now, or when the client has sent its body. */
    void close(HttpExchange exchange, Passage passage) {
        if (exchange.getResponseCode() == -1 || !passage.leavesBodyUnread()) {
            exchange.close();
            return;
        }
        LingeringPlace place = passage.linger().orElse(null);
        if (place == null) {
            closeWithin(ABRUPT, exchange, () -> 0);
        } else {
            threads.execute(() -> linger(exchange, place));
        }
    }

    private static void linger(HttpExchange exchange, LingeringPlace place) {
        try (place) {
            closeWithin(place.time(), exchange, () -> readAway(exchange.getRequestBody(), place));
        }
    }

    private static int readAway(InputStream in, LingeringPlace place) throws IOException {
        byte[] away = new byte[MOST_AT_A_TIME];
        int bytes = in.read(away);
        while (bytes >= 0 && place.takes(bytes)) {
            bytes = in.read(away);
        }
        return bytes;
    }

    /** The response's stream is closed first: only that takes the connection off the server's books in any case. */
    private static void closeWithin(Duration within, HttpExchange exchange, ReadTime.Read first) {
        try (ReadTime time = ReadTime.of(within)) {
            time.run(() -> {
                try (var out = exchange.getResponseBody()) {
                    out.flush();
                    return first.run();
                }
            });
        } catch (IOException e) {
            LOG.debug("a connection was closed while the client still sent", e);
        } finally {
            exchange.close();
        }
    }
}
