// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import java.time.Duration;

/**
 * How Lettuce is told to behave. Nothing queues while there is no connection; nothing is sent again over a new one, for a
 * take that arrived twice would count twice, and its caller has gone; the queue of a live one is bounded.
 */
record LinkOptions(Duration connectTimeout, int queue) {

    /** How often a cluster's layout is read even if nothing hints at a change. */
    private static final Duration REFRESH = Duration.ofSeconds(15);

    /** Between two readings of the layout on hints, such as MOVED or a failed connection, however many there are. */
    private static final Duration REFRESH_GAP = Duration.ofSeconds(1);

    /** For one server, or the master that sentinels name: {@link SingleLink} makes new connections itself. */
    ClientOptions single() {
        return common(ClientOptions.builder()).autoReconnect(false).build();
    }

    /** For a cluster, whose nodes Lettuce connects to and finds again by itself. */
    ClusterClientOptions cluster() {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(REFRESH_GAP)
                .enablePeriodicRefresh(REFRESH)
                .build();
        return ClusterClientOptions.builder(common(ClientOptions.builder()).build())
                .topologyRefreshOptions(refresh)
                .build();
    }

    private ClientOptions.Builder common(ClientOptions.Builder options) {
        return options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .requestQueueSize(queue)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connectTimeout)
                        .keepAlive(true)
                        .build());
    }
}
