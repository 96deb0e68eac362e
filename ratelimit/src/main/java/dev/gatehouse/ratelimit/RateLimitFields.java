// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import java.util.List;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} fields as draft-ietf-httpapi-ratelimit-headers-11 writes them
 * (drafts 08 to 11 share the format): lists of quoted policy names with integer parameters, in the syntax of RFC 9651.
 * A {@link Limit}'s name needs no escaping.
 */
final class RateLimitFields {

    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    private RateLimitFields() {}

    static String policy(List<LimitStatus> statuses) {
        StringBuilder field = new StringBuilder(32 * statuses.size());
        for (LimitStatus status : statuses) {
            item(field, status)
                    .append(";q=")
                    .append(status.limit())
                    .append(";w=")
                    .append(status.windowSeconds());
        }
        return field.toString();
    }

    static String state(List<LimitStatus> statuses) {
        StringBuilder field = new StringBuilder(32 * statuses.size());
        for (LimitStatus status : statuses) {
            item(field, status)
                    .append(";r=")
                    .append(status.remaining())
                    .append(";t=")
                    .append(status.resetSeconds());
        }
        return field.toString();
    }

    static void set(Exchange exchange, List<LimitStatus> statuses) {
        if (!statuses.isEmpty()) {
            exchange.setHeader(POLICY, policy(statuses));
            exchange.setHeader(STATE, state(statuses));
        }
    }

    private static StringBuilder item(StringBuilder field, LimitStatus status) {
        return field.append(field.isEmpty() ? "\"" : ", \"")
                .append(status.name())
                .append('"');
    }
}
