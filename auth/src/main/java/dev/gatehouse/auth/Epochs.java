// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.time.Ticker;

/**
 * The newest epoch that was seen of each account, for as long as the cache may hold anything older. So whatever look-up
 * meets a new epoch outdates all that the cache still has of the account. Bounded. Thread-safe.
 */
final class Epochs {

    private static final long CAPACITY = 100_000;

    private final Cache<String, Long> newest;

    Epochs(Ticker ticker) {
        this.newest = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(TokenCache.LONGEST)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** Whether an earlier epoch of this account was seen lately. */
    boolean isNews(Account account) {
        Long before = newest.getIfPresent(account.id());
        newest.asMap().merge(account.id(), account.epoch(), Math::max);
        return before != null && before < account.epoch();
    }
}
