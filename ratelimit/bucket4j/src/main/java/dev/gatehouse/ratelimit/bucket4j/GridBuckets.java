// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitStoreException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Buckets on a grid. A bucket there keeps the figures it was made with; the first use of a bucket by this instance, and
 * the first with other figures, compares them and replaces them if need be, at the price of a round trip or two.
 */
final class GridBuckets implements Buckets {

    /** Places whose figures are remembered to be up to date; beyond, all are forgotten and compared again. */
    private static final int REMEMBERED = 100_000;

    private final ProxyManager<String> grid;
    private final Map<String, Limit> compared = new ConcurrentHashMap<>();

    GridBuckets(ProxyManager<String> grid) {
        this.grid = grid;
    }

    @Override
    public long use(String place, Limit limit, ToLongFunction<Bucket> use) {
        try {
            BucketProxy bucket = grid.getProxy(place, () -> Buckets.configuration(limit));
            Limit known = compared.get(place);
            if (known == null || !known.equals(limit)) {
                compare(place, limit, bucket);
            }
            return use.applyAsLong(bucket);
        } catch (RuntimeException e) {
            throw new LimitStoreException("ratelimit: the grid of Bucket4j did not decide", e);
        }
    }

    @Override
    public long read(String place, Limit limit, ToLongFunction<Bucket> read) {
        return use(place, limit, read);
    }

    private void compare(String place, Limit limit, BucketProxy bucket) {
        BucketConfiguration wanted = Buckets.configuration(limit);
        if (grid.getProxyConfiguration(place).filter(is -> !is.equals(wanted)).isPresent()) {
            bucket.replaceConfiguration(wanted, TokensInheritanceStrategy.PROPORTIONALLY);
            Debts.forgive(bucket, limit);
        }
        if (compared.size() >= REMEMBERED) {
            compared.clear();
        }
        compared.put(place, limit);
    }
}
