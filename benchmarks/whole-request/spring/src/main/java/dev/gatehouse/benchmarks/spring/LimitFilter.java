// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.spring;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits by address and by account, and a request ID, as the usual articles show. */
class LimitFilter extends OncePerRequestFilter {

    private final LoadingCache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(100_000)
            .build(key -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(1_000_000_000).refillGreedy(1_000_000_000, Duration.ofMinutes(1)))
                    .build());

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = request.getHeader("X-Request-Id");
        String requestId = id == null ? UUID.randomUUID().toString() : id;
        response.setHeader("X-Request-Id", requestId);
        MDC.put("requestId", requestId);
        try {
            ConsumptionProbe address = buckets.get("a:" + request.getRemoteAddr()).tryConsumeAndReturnRemaining(1);
            ConsumptionProbe account = buckets.get("u:" + request.getRemoteUser()).tryConsumeAndReturnRemaining(1);
            if (!address.isConsumed() || !account.isConsumed()) {
                response.sendError(429);
                return;
            }
            response.setHeader("X-RateLimit-Remaining", Long.toString(account.getRemainingTokens()));
            chain.doFilter(request, response);
        } finally {
            MDC.remove("requestId");
        }
    }
}
