// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up a {@link RedisLimitStore}. Not thread-safe. */
public final class RedisStoreBuilder {

    private static final Logger log = LoggerFactory.getLogger(RedisLimitStore.class);
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final Secret url;
    private boolean cluster;
    private String prefix = "gatehouse";
    private Duration wait = Duration.ofMillis(40);
    private int queue = 1_000;
    private Ticker ticker = Ticker.system();

    RedisStoreBuilder(Secret url) {
        this.url = url;
    }

    /** The URL names nodes of a cluster, several with commas; without this, one server or its sentinels. */
    public RedisStoreBuilder cluster() {
        cluster = true;
        return this;
    }

    /** What every key begins with, so that several applications can share one Redis: {@code gatehouse} unless said otherwise. */
    public RedisStoreBuilder prefix(String value) {
        if (!PREFIX.matcher(value).matches()) {
            throw refused("prefix was '" + value + "' but must match " + PREFIX);
        }
        prefix = value;
        return this;
    }

    /** The longest that a decision waits: 40 ms unless said otherwise, 1 ms to 1 s. Above 50 ms, requests suffer first. */
    public RedisStoreBuilder waitAtMost(Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofSeconds(1)) > 0) {
            throw refused("waitAtMost was " + value + " but must be 1 ms to 1 s");
        }
        wait = value;
        return this;
    }

    /** How many decisions may be under way at once, 1,000 unless said otherwise; more are refused by the store at once. */
    public RedisStoreBuilder queue(int value) {
        if (value < 1 || value > 100_000) {
            throw refused("queue was " + value + " but must be 1 to 100000");
        }
        queue = value;
        return this;
    }

    RedisStoreBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /**
     * The store. Waits up to a second for the first connection; without one the store is built all the same, fails at once
     * when asked, and goes on trying.
     */
    public RedisLimitStore build() {
        RedisLink link = link();
        try {
            link.connect().get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn(
                    "ratelimit: redis is not there yet ({}); it will be asked once it is",
                    rootOf(e).toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new RedisLimitStore(new Caller(link, wait.toNanos(), ticker), new Keys(prefix));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private RedisLink link() {
        LinkOptions options = new LinkOptions(CONNECT, queue);
        List<RedisURI> uris = uris();
        return cluster ? new ClusterLink(uris, options) : new SingleLink(uris.get(0), options, ticker);
    }

    private List<RedisURI> uris() {
        try {
            List<RedisURI> uris = cluster
                    ? RedisClusterURIUtil.toRedisURIs(URI.create(url.reveal()))
                    : List.of(RedisURI.create(url.reveal()));
            uris.forEach(uri -> uri.setTimeout(CONNECT));
            return uris;
        } catch (RuntimeException e) {
            // Without the cause, whose message may hold the URL and in it the password.
            throw refused("the URL was not one of Redis but must look like redis://host:6379, rediss:// or"
                    + " redis-sentinel://");
        }
    }

    private static IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("ratelimit.redis: " + rule);
    }
}
