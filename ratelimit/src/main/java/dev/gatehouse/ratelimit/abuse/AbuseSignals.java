// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What limits see of abuse: the keys that are refused most, and accounts that suddenly come from many places. In bounded
 * memory, for this instance, over the last minutes; no key is ever a label of a metric. Thread-safe.
 */
public final class AbuseSignals {

    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final RefusedKeys refused;
    private final Places places;
    private final int spreadAt;
    private final Counter spreads;

    /**
     * Signals from now on.
     *
     * @param spreadAt from how many places within ten minutes an account is spread, 2 to 32
     */
    public AbuseSignals(Ticker ticker, MeterRegistry registry, int spreadAt) {
        if (spreadAt < 2 || spreadAt > Places.MOST_PLACES) {
            throw new IllegalArgumentException("ratelimit: spreadAt was " + spreadAt + " but must be 2 to 32");
        }
        this.refused = new RefusedKeys(ticker, WINDOW.toNanos());
        this.places = new Places(ticker, WINDOW.toNanos());
        this.spreadAt = spreadAt;
        this.spreads = Counter.builder("gatehouse.ratelimit.spreads")
                .description("Accounts that began to come from many places within ten minutes")
                .baseUnit("accounts")
                .register(registry);
        watch(registry);
    }

    private void watch(MeterRegistry registry) {
        Gauge.builder("gatehouse.ratelimit.refused.top", refused, RefusedKeys::topShare)
                .description("The most refused key's part of all refusals, in the last ten to twenty minutes")
                .baseUnit("ratio")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("gatehouse.ratelimit.signals.missed", this, AbuseSignals::missed)
                .description("Refusals and accounts that no signal counted, for want of time or room")
                .baseUnit("events")
                .register(registry);
    }

    /** Notes that a key was refused. */
    public void refused(String kind, String key) {
        refused.add(kind, key);
    }

    /** Notes where an account's request came from; nothing for a stranger's. */
    public void seen(RequestContext context) {
        String account = context.account().orElse(null);
        InetAddress client = context.client().orElse(null);
        if (account != null && client != null && places.add(account, place(client)) == spreadAt) {
            spreads.increment();
        }
    }

    /** The keys that were refused most, first the one with the most. */
    public List<Offender> topRefused(int most) {
        return refused.top(most);
    }

    /** The accounts that came from many places within the present ten minutes, first the one with the most. */
    public List<Spread> spreads(int most) {
        return places.atLeast(spreadAt, most);
    }

    private double missed() {
        return (double) refused.missed() + places.unwatched();
    }

    /** An IPv4 address, or the /64 of an IPv6 one. */
    private static long place(InetAddress client) {
        ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
        return bytes.remaining() == 4 ? bytes.getInt() | 1L << 32 : bytes.getLong();
    }
}
