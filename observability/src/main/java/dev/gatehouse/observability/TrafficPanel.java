// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.insight.Panel;
import dev.gatehouse.observability.signals.GoldenSignals;
import dev.gatehouse.observability.signals.RouteTraffic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Traffic, errors and latency in all, and of the twenty busiest routes. */
final class TrafficPanel implements Panel {

    private static final int ROWS = 20;
    private static final List<String> COLUMNS = List.of("Route", "Requests", "Errors", "Mean", "Slowest");

    private final GoldenSignals signals;

    TrafficPanel(GoldenSignals signals) {
        this.signals = signals;
    }

    @Override
    public String title() {
        return "Traffic";
    }

    @Override
    public List<Fact> facts() {
        List<RouteTraffic> traffic = signals.traffic();
        long requests = traffic.stream().mapToLong(RouteTraffic::requests).sum();
        long errors = traffic.stream().mapToLong(RouteTraffic::errors).sum();
        double share = requests == 0 ? 0 : 100.0 * errors / requests;
        return List.of(
                new Fact("Requests since the start", Long.toString(requests)),
                new Fact("Requests being served", Long.toString(signals.active())),
                new Fact("Errors since the start", errors + " (" + decimal(share) + " %)"));
    }

    @Override
    public List<Table> tables() {
        List<List<String>> rows =
                signals.traffic().stream().limit(ROWS).map(TrafficPanel::row).toList();
        return List.of(new Table("Busiest routes", COLUMNS, rows));
    }

    private static List<String> row(RouteTraffic route) {
        return List.of(
                route.method() + " " + route.route(),
                Long.toString(route.requests()),
                Long.toString(route.errors()),
                millis(route.mean()),
                millis(route.max()));
    }

    private static String millis(Duration duration) {
        return decimal(duration.toNanos() / 1e6) + " ms";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
