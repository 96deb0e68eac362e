// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.observability.Observability;
import java.util.List;

/**
 * GET /metrics, for a scraper on this machine or one with an API key for it. A request that came through a proxy says so in one of its headers, and
 * then the loopback peer is the proxy and proves nothing.
 */
public final class MetricsHandler implements Handler {

    private static final List<String> FORWARDING = List.of(
            "Forwarded",
            "Forwarded-For",
            "Via",
            "X-Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Scheme",
            "X-Forwarded-Server",
            "X-Forwarded-Ssl",
            "X-Original-Forwarded-For",
            "X-Real-IP",
            "X-Client-IP",
            "X-Cluster-Client-IP",
            "X-Envoy-External-Address",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP");

    private final Observability observability;

    /** Scrapes {@code observability}. */
    public MetricsHandler(Observability observability) {
        this.observability = observability;
    }

    @Override
    public Answer handle(Call call) {
        boolean allowed = AuthGate.key(call.exchange())
                .map(key -> key.scopes().contains(ShopRoles.METRICS))
                .orElseGet(() -> isLocal(call.exchange()));
        if (!allowed) {
            throw Refusal.forbidden("Metrics are for a scraper on this machine, or with an API key for them.");
        }
        return Answer.of(200, Observability.SCRAPE_CONTENT_TYPE, observability.scrape());
    }

    private static boolean isLocal(Exchange exchange) {
        boolean forwarded =
                FORWARDING.stream().anyMatch(header -> !exchange.headers(header).isEmpty());
        return exchange.peer().isLoopbackAddress() && !forwarded;
    }
}
